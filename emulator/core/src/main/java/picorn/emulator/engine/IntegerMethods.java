// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.List;
import picorn.emulator.engine.translate.Unsupported;
import picorn.emulator.engine.translate.Value;
import picorn.emulator.engine.translate.Value.Constant;

/** The methods of {@link Integer} that meanings apply to what is known of an instruction. */
final class IntegerMethods {
    private IntegerMethods() {}

    static int of(String name, List<Value> arguments) {
        int x = ((Constant) arguments.get(0)).number();
        return switch (name) {
            case "bitCount" -> Integer.bitCount(x);
            case "numberOfTrailingZeros" -> Integer.numberOfTrailingZeros(x);
            default -> throw new Unsupported("Integer." + name);
        };
    }
}

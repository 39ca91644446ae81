// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import picorn.emulator.cpu.CodeChangeContract;
import picorn.emulator.cpu.EngineProvider;

class UnicornCodeChangeTest extends CodeChangeContract {
    @Override
    protected EngineProvider provider() {
        return new UnicornProvider();
    }
}

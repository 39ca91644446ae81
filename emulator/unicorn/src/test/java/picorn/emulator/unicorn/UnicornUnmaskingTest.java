// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.UnmaskingContract;

class UnicornUnmaskingTest extends UnmaskingContract {
    @Override
    protected EngineProvider provider() {
        return new UnicornProvider();
    }
}

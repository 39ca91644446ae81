// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.RegisterContract;

class UnicornRegisterTest extends RegisterContract {
    @Override
    protected EngineProvider provider() {
        return new UnicornProvider();
    }
}

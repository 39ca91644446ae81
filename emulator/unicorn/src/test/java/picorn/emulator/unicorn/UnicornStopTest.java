// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.StopContract;

class UnicornStopTest extends StopContract {
    @Override
    protected EngineProvider provider() {
        return new UnicornProvider();
    }
}

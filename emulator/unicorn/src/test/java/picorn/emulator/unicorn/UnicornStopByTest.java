// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.StopByContract;

class UnicornStopByTest extends StopByContract {
    @Override
    protected EngineProvider provider() {
        return new UnicornProvider();
    }
}

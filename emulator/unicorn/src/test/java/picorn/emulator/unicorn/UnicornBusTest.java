// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import picorn.emulator.cpu.BusContract;
import picorn.emulator.cpu.EngineProvider;

class UnicornBusTest extends BusContract {
    @Override
    protected EngineProvider provider() {
        return new UnicornProvider();
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.BusContract;
import picorn.emulator.cpu.EngineProvider;

class JavaBusTest extends BusContract {
    @Override
    protected EngineProvider provider() {
        return new JavaProvider();
    }
}

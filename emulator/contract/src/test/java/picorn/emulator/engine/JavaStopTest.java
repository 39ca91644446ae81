// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.StopContract;

class JavaStopTest extends StopContract {
    @Override
    protected EngineProvider provider() {
        return new JavaProvider();
    }
}

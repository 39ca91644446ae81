// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.StopByContract;

class JavaStopByTest extends StopByContract {
    @Override
    protected EngineProvider provider() {
        return new JavaProvider();
    }
}

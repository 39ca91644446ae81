// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.RegisterContract;

class JavaRegisterTest extends RegisterContract {
    @Override
    protected EngineProvider provider() {
        return new JavaProvider();
    }
}

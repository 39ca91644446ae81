// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.CountingContract;
import picorn.emulator.cpu.EngineProvider;

class JavaCountingTest extends CountingContract {
    @Override
    protected EngineProvider provider() {
        return new JavaProvider();
    }
}

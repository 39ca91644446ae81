// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.WatchContract;

class JavaWatchTest extends WatchContract {
    @Override
    protected EngineProvider provider() {
        return new JavaProvider();
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.WatchContract;

class UnicornWatchTest extends WatchContract {
    @Override
    protected EngineProvider provider() {
        return new UnicornProvider();
    }
}

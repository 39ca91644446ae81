// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.LimitContract;

class UnicornLimitTest extends LimitContract {
    @Override
    protected EngineProvider provider() {
        return new UnicornProvider();
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import picorn.emulator.cpu.CountingContract;
import picorn.emulator.cpu.EngineProvider;

class UnicornCountingTest extends CountingContract {
    @Override
    protected EngineProvider provider() {
        return new UnicornProvider();
    }
}

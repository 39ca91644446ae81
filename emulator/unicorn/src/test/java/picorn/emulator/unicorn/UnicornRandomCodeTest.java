// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.RandomCodeContract;

class UnicornRandomCodeTest extends RandomCodeContract {
    @Override
    protected EngineProvider provider() {
        return new UnicornProvider();
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.PlacementContract;

class UnicornPlacementTest extends PlacementContract {
    @Override
    protected EngineProvider provider() {
        return new UnicornProvider();
    }
}

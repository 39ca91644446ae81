// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.PlacementContract;

class JavaPlacementTest extends PlacementContract {
    @Override
    protected EngineProvider provider() {
        return new JavaProvider();
    }
}

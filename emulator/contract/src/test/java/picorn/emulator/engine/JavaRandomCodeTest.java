// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.RandomCodeContract;

class JavaRandomCodeTest extends RandomCodeContract {
    @Override
    protected EngineProvider provider() {
        return new JavaProvider();
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.LimitContract;

class JavaLimitTest extends LimitContract {
    @Override
    protected EngineProvider provider() {
        return new JavaProvider();
    }
}

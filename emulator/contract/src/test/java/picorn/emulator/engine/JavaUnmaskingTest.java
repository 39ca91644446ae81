// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.UnmaskingContract;

class JavaUnmaskingTest extends UnmaskingContract {
    @Override
    protected EngineProvider provider() {
        return new JavaProvider();
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.CodeChangeContract;
import picorn.emulator.cpu.EngineProvider;

class JavaCodeChangeTest extends CodeChangeContract {
    @Override
    protected EngineProvider provider() {
        return new JavaProvider();
    }
}

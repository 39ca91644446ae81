// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.EngineProvider;

/** Offers the exact engine, which runs wherever Java does. */
public final class JavaProvider implements EngineProvider {
    /** Called by the service loader. */
    public JavaProvider() {}

    @Override
    public String name() {
        return JavaEngine.NAME;
    }

    @Override
    public CpuEngine create(CpuBus bus) {
        return new JavaEngine(bus);
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.EngineProvider;

/** Offers the Unicorn engine to {@link java.util.ServiceLoader}. */
public final class UnicornProvider implements EngineProvider {
    @Override
    public String name() {
        return UnicornEngine.NAME;
    }

    @Override
    public CpuEngine create(CpuBus bus) {
        return new UnicornEngine(NativeUnicorn.get(), bus);
    }
}

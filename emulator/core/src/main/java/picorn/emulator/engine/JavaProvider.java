// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.EngineProvider;

/** Offers the exact engine, which runs wherever Java does. */
public final class JavaProvider implements EngineProvider {
    private final Translation translation;

    /** Called by the service loader. Translates as the system property {@code picorn.translate} says. */
    public JavaProvider() {
        this(Translation.named(System.getProperty("picorn.translate", Translation.OFF.word())));
    }

    /** One whose engines translate as told. */
    public JavaProvider(Translation translation) {
        this.translation = translation;
    }

    @Override
    public String name() {
        return JavaEngine.NAME;
    }

    @Override
    public CpuEngine create(CpuBus bus) {
        return new JavaEngine(bus, translation);
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.Timing;
import picorn.emulator.cpu.Translation;

/** Offers the exact engine, which runs wherever Java does. */
public final class JavaProvider implements EngineProvider {
    private final Translation translation;
    private final Timing timing;

    /** Called by the service loader. Translates as the system property {@code picorn.translate} says. */
    public JavaProvider() {
        this(Translation.named(System.getProperty("picorn.translate", Translation.OFF.word())));
    }

    /** One whose engines translate as told. */
    public JavaProvider(Translation translation) {
        this(translation, Timing.INSTRUCTIONS);
    }

    private JavaProvider(Translation translation, Timing timing) {
        this.translation = translation;
        this.timing = timing;
    }

    @Override
    public String name() {
        return JavaEngine.NAME;
    }

    @Override
    public EngineProvider timed(Timing newTiming) {
        return new JavaProvider(translation, newTiming);
    }

    @Override
    public EngineProvider translating(Translation newTranslation) {
        return new JavaProvider(newTranslation, timing);
    }

    @Override
    public CpuEngine create(CpuBus bus) {
        return switch (timing) {
            case INSTRUCTIONS -> new JavaEngine(bus, translation);
            case M4 -> new TimedEngine(bus);
        };
    }
}

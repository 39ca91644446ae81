// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

/** How an engine in another artifact is found: by {@link java.util.ServiceLoader}. */
public interface EngineProvider {
    /** The name that {@code --engine} takes, in lower case. */
    String name();

    /**
     * Makes an engine that sends its accesses to {@code bus}.
     *
     * @throws EngineUnavailable when this host cannot run it
     */
    CpuEngine create(CpuBus bus);

    /**
     * One whose engines count as {@code timing} says.
     *
     * @throws EngineUnavailable when they cannot
     */
    default EngineProvider timed(Timing timing) {
        if (timing == Timing.INSTRUCTIONS) {
            return this;
        }
        throw new EngineUnavailable("engine '%s' counts instructions only; timing %s wants another one, such as java"
                .formatted(name(), timing.word()));
    }

    /**
     * One whose engines translate what {@code translation} says.
     *
     * @throws EngineUnavailable when they leave no choice
     */
    default EngineProvider translating(Translation translation) {
        throw new EngineUnavailable("engine '%s' leaves no choice of what it translates; java does".formatted(name()));
    }
}

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
}

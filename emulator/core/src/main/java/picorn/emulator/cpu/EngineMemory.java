// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

/** An engine as those see it who give it memory and write there: what they need of {@link CpuEngine}. */
public interface EngineMemory {
    /** Allocates zeroed memory of {@code bytes} octets, a multiple of 1024. It lives as long as the engine. */
    Ram allocate(int bytes);

    /**
     * Makes {@code size} octets of {@code ram} from {@code offset} on appear at {@code base}. All three are multiples of 1024; the same
     * memory may appear at several addresses. What was mapped there before is replaced.
     */
    void map(int base, Ram ram, int offset, int size, Mapping mapping);

    /** Sends accesses to these addresses to the {@link CpuBus} again. */
    void unmap(int base, int size);

    /** Tells that somebody other than this engine's instructions wrote {@code size} octets of {@code ram}. */
    void changed(Ram ram, int from, int size);
}

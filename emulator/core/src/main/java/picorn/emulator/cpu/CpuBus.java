// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

/**
 * Where an engine sends every data access that does not hit memory mapped into it. While a call lasts, {@link CpuEngine#pc()} and
 * {@link CpuEngine#cycles()} are those of the accessing instruction, and {@link CpuEngine#stopBy} may be called.
 */
public interface CpuBus {
    /** The answer of {@link #read} for an access that faults; any value from it on means the same. */
    long FAULT = 1L << 32;

    /**
     * Reads {@code width} octets (1, 2 or 4), zero-extended.
     *
     * @return 0 to 2^32-1, or {@link #FAULT}: the instruction then does not complete and the run stops with {@link Stop.Reason#FAULT}
     */
    long read(int address, int width);

    /**
     * Writes the low {@code width} octets (1, 2 or 4) of {@code value}.
     *
     * @return false for a precise fault: the instruction then does not complete
     */
    boolean write(int address, int width, int value);
}

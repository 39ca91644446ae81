// SPDX-License-Identifier: MIT
package picorn.stm32f4.system;

import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/**
 * How long the core waits for its flash memory: wait states, lines of 128 bits, prefetch, and the caches of instructions and data of the
 * adaptive real-time accelerator (RM0090, 3.5). Time only: data come from the memory itself.
 */
public final class FlashAccelerator implements Saved {
    private static final int LINE_BITS = 4;
    private static final int INSTRUCTION_LINES = 64;
    private static final int DATA_LINES = 8;
    private static final int NONE = -1;

    private final IntSupplier latency;
    private final BooleanSupplier prefetches;
    private final BooleanSupplier cachesInstructions;
    private final BooleanSupplier cachesData;
    private final LineCache instructions = new LineCache(INSTRUCTION_LINES);
    private final LineCache data = new LineCache(DATA_LINES);
    private int current = NONE;
    private int prefetched = NONE;
    /** The cycle at which {@link #prefetched} is there. */
    private long prefetchedAt;

    FlashAccelerator(
            IntSupplier latency,
            BooleanSupplier prefetches,
            BooleanSupplier cachesInstructions,
            BooleanSupplier cachesData) {
        this.latency = latency;
        this.prefetches = prefetches;
        this.cachesInstructions = cachesInstructions;
        this.cachesData = cachesData;
    }

    /** Cycles that the core waits for the instruction at {@code offset} of the memory, which it wants at {@code cycle}. */
    public int fetch(int offset, long cycle) {
        int line = offset >>> LINE_BITS;
        if (line == current) {
            return 0;
        }
        int wait = waitForLine(line, cycle);
        current = line;
        prefetchBehind(line, cycle + wait);
        return wait;
    }

    private int waitForLine(int line, long cycle) {
        boolean caches = cachesInstructions.getAsBoolean();
        if (caches && instructions.uses(line)) {
            return 0;
        }
        int wait = line == prefetched ? (int) Math.max(0, prefetchedAt - cycle) : latency.getAsInt();
        if (caches && wait > 0) {
            instructions.add(line);
        }
        return wait;
    }

    private void prefetchBehind(int line, long cycle) {
        if (line + 1 != prefetched) {
            prefetched = prefetches.getAsBoolean() ? line + 1 : NONE;
            prefetchedAt = cycle + latency.getAsInt() + 1;
        }
    }

    /** Cycles that it waits for data at {@code offset}; they go before a prefetch. */
    public int read(int offset, long cycle) {
        int line = offset >>> LINE_BITS;
        boolean caches = cachesData.getAsBoolean();
        if (caches && data.uses(line)) {
            return 0;
        }
        int wait = latency.getAsInt();
        if (caches && wait > 0) {
            data.add(line);
        }
        if (prefetchedAt > cycle) {
            prefetchedAt += wait + 1;
        }
        return wait;
    }

    /** ACR.ICRST. */
    void resetInstructions() {
        instructions.clear();
    }

    /** ACR.DCRST. */
    void resetData() {
        data.clear();
    }

    /** The chip is reset. */
    void reset() {
        resetInstructions();
        resetData();
        current = NONE;
        prefetched = NONE;
        prefetchedAt = 0;
    }

    @Override
    public void save(StateWriter out) {
        instructions.save(out);
        data.save(out);
        out.int32(current);
        out.int32(prefetched);
        out.int64(prefetchedAt);
    }

    @Override
    public void load(StateReader in) {
        instructions.load(in);
        data.load(in);
        current = in.int32();
        prefetched = in.int32();
        prefetchedAt = in.int64();
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import com.sun.jna.Callback;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/** One Unicorn engine: starts it for a number of instructions and knows how many were executed. */
final class Emulation implements AutoCloseable {
    /** An address that is never reached. */
    static final long NEVER = 1L << 32;

    /** An instruction of an IT block can be followed by this many more before Unicorn stops. */
    static final int OVERRUN = 4;

    /** Set to {@code portable}, keeps to what works on every host. */
    private static final String COUNTER_PROPERTY = "picorn.unicorn.counter";

    final long uc;
    private final InstructionCounter counter;
    private boolean running;
    private long executed;
    private boolean endedAfterBlock;

    Emulation(NativeUnicorn unicorn) {
        uc = open(unicorn);
        check(unicorn.control(uc, Uc.CTL_USE_EXITS, 1));
        counter = counter(unicorn);
    }

    private InstructionCounter counter(NativeUnicorn unicorn) {
        if ("portable".equals(System.getProperty(COUNTER_PROPERTY))) {
            return new HookedTwice(unicorn, uc);
        }
        return MachineCodeCounter.forThisHost(unicorn, uc).orElseGet(() -> new HookedTwice(unicorn, uc));
    }

    /** Adds a hook for all addresses. The caller keeps {@code callback} alive. */
    void hook(int type, Callback callback) {
        try (Memory out = new Memory(Long.BYTES)) {
            check(Uc.uc_hook_add(uc, Pointer.nativeValue(out), type, callback, 0, 1, 0));
        }
    }

    /** A new engine that is a Cortex-M4. Asking for the M class instead would give a Cortex-M33. */
    static long open(NativeUnicorn unicorn) {
        try (Memory out = new Memory(Long.BYTES)) {
            check(Uc.uc_open(Uc.ARCH_ARM, Uc.MODE_THUMB, Pointer.nativeValue(out)));
            long uc = out.getLong(0);
            check(unicorn.control(uc, Uc.CTL_CPU_MODEL, Uc.CPU_CORTEX_M4));
            return uc;
        }
    }

    /** Complains of a result that only a defect of ours can bring about. */
    static void check(int error) {
        if (error != Uc.OK) {
            throw new IllegalStateException("Unicorn: " + Uc.uc_strerror(error));
        }
    }

    /**
     * Executes from {@code pc} until {@link #counted} is {@code count}; inside an IT block, up to {@link #OVERRUN} more. Returns
     * Unicorn's error. {@link #settle} must follow.
     */
    int start(int pc, int xpsr, long count) {
        running = true;
        long calls = counter.begin(pc, Thumb.itState(xpsr), count);
        return Uc.uc_emu_start(uc, (pc | (xpsr & Thumb.T) >>> 24) & 0xffff_ffffL, NEVER, 0, calls);
    }

    /** Works out what the start that ended at {@code pc} has executed. */
    void settle(int pc, BlockFinder blocks) {
        running = false;
        boolean beforeLast = counter.endedBeforeLast(pc, blocks);
        executed = counter.begun() - (beforeLast ? 1 : 0);
        endedAfterBlock = counter.exhausted() && !beforeLast;
    }

    /**
     * Instructions of the latest start that have been executed or, at a fault, begun; in a callback, with the one that made it. One of
     * an IT block whose condition failed is not counted.
     */
    long counted() {
        return running ? counter.begun() : executed;
    }

    /** Whether the count ended the run. */
    boolean exhausted() {
        return counter.exhausted();
    }

    /** ITSTATE at the last instruction begun, if that is at {@code pc}: otherwise 0. */
    int itState(int pc, BlockFinder blocks) {
        return counter.itState(pc, blocks);
    }

    /** Whether the count ended the run in an IT block that ended the translated block too. */
    boolean endedAfterBlock() {
        return endedAfterBlock;
    }

    /** From a callback: the run is to execute no more than {@code count} instructions, the one being executed included. */
    void limit(long count) {
        counter.limit(count);
    }

    /** From a callback of an access outside IT blocks: ends the run before the accessing instruction is completed. */
    void abort() {
        Uc.uc_emu_stop(uc);
    }

    @Override
    public void close() {
        Uc.uc_close(uc);
    }
}

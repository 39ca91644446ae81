// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import com.sun.jna.Callback;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One Unicorn engine: starts it for a number of instructions and knows how many were executed.
 *
 * <p>Unicorn counts hook calls, and ends a run at the first one beyond the limit, except inside an IT block, which it
 * finishes first. Its own counting function is hooked twice an instruction: where the first call ends the run, the second is
 * left out. So an odd count tells that the run ended before the last instruction counted, and half of it is exact.
 * An instruction of an IT block whose condition failed is not counted.
 */
final class Emulation implements AutoCloseable {
    /** An address that is never reached. */
    static final long NEVER = 1L << 32;

    /** An instruction of an IT block can be followed by this many more before Unicorn stops. */
    static final int OVERRUN = 4;

    private static final int CALLS = 2;

    final long uc;
    private final Layout layout;
    private final ByteBuffer fields;

    Emulation(NativeUnicorn unicorn) {
        uc = open(unicorn);
        layout = unicorn.layout();
        fields = new Pointer(uc).getByteBuffer(0, Layout.ENGINE_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        check(unicorn.control(uc, Uc.CTL_USE_EXITS, 1));
        try (Memory out = new Memory(Long.BYTES)) {
            check(unicorn.addNativeHook(uc, Pointer.nativeValue(out), Uc.HOOK_CODE, layout.countFunction(), 1, 0));
        }
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
     * Executes from {@code begin} (bit 0 is the T bit) until {@link #counted} is {@code count}; inside an IT block, up to
     * {@link #OVERRUN} more. Returns Unicorn's error.
     */
    int start(int begin, long count) {
        return Uc.uc_emu_start(uc, begin & 0xffff_ffffL, NEVER, 0, CALLS * count);
    }

    /** Instructions that the run has begun and not been stopped before: in a callback, with the one that made it. */
    long counted() {
        return fields.getLong(layout.counter()) / CALLS;
    }

    /** Whether the run was, or is to be, ended by the count. */
    boolean exhausted() {
        return fields.getLong(layout.counter()) > fields.getLong(layout.limit());
    }

    /** Whether the count ended the run in an IT block that ended the translated block too. */
    boolean endedAfterBlock() {
        return exhausted() && fields.getLong(layout.counter()) % CALLS == 0;
    }

    /** From a callback: the run is to execute no more than {@code count} instructions, this one included. */
    void limit(long count) {
        fields.putLong(layout.limit(), Math.min(fields.getLong(layout.limit()), CALLS * Math.max(count, counted())));
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

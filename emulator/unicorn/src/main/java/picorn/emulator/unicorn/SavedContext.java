// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A copy of the core's whole state in Unicorn's own form. */
final class SavedContext implements AutoCloseable {
    private final long uc;
    private final long context;
    private final ByteBuffer octets;

    SavedContext(long uc) {
        this.uc = uc;
        try (Memory out = new Memory(Long.BYTES)) {
            Emulation.check(Uc.uc_context_alloc(uc, Pointer.nativeValue(out)));
            context = out.getLong(0);
        }
        octets = new Pointer(context).getByteBuffer(0, Uc.uc_context_size(uc)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Copies the core's state to here. */
    void save() {
        Emulation.check(Uc.uc_context_save(uc, context));
    }

    /** Copies it back to the core. */
    void restore() {
        Emulation.check(Uc.uc_context_restore(uc, context));
    }

    /** The copy. */
    ByteBuffer octets() {
        return octets;
    }

    @Override
    public void close() {
        Uc.uc_context_free(context);
    }
}

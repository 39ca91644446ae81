// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Pointer;

/** The C interface of Unicorn 2.0 (unicorn.h, arm.h), mapped directly: plain integers and addresses, nothing is converted. */
final class Uc {
    static final int ARCH_ARM = 1;
    static final int MODE_THUMB = 16;
    static final int CPU_CORTEX_M4 = 9;

    static final int PROT_READ = 1;
    static final int PROT_WRITE = 2;
    static final int PROT_EXEC = 4;

    static final int HOOK_INTR = 1;
    static final int HOOK_CODE = 1 << 2;
    static final int HOOK_MEM_READ_PROT = 1 << 7;
    static final int HOOK_MEM_WRITE_PROT = 1 << 8;
    static final int HOOK_MEM_WRITE = 1 << 11;

    static final int OK = 0;
    static final int ERR_FETCH_UNMAPPED = 8;
    static final int ERR_INSN_INVALID = 10;
    static final int ERR_FETCH_PROT = 14;

    static final int CTL_USE_EXITS = control(4, 1);
    static final int CTL_EXITS = control(6, 2);
    static final int CTL_CPU_MODEL = control(7, 1);
    static final int CTL_REMOVE_CACHE = control(9, 2);

    private Uc() {}

    /** What {@code uc_ctl} takes for writing setting {@code type} with {@code arguments} arguments. */
    private static int control(int type, int arguments) {
        return type | arguments << 26 | 1 << 30;
    }

    static native int uc_open(int arch, int mode, long engine);

    static native int uc_close(long uc);

    static native String uc_strerror(int error);

    static native int uc_mem_map_ptr(long uc, long address, long size, int permissions, long memory);

    static native int uc_mem_protect(long uc, long address, long size, int permissions);

    static native int uc_mem_unmap(long uc, long address, long size);

    static native int uc_mmio_map(
            long uc, long address, long size, Callback read, long readData, Callback write, long writeData);

    static native int uc_reg_read(long uc, int register, long value);

    static native int uc_reg_write(long uc, int register, long value);

    static native int uc_reg_read_batch(long uc, long registers, long values, int count);

    static native int uc_reg_write_batch(long uc, long registers, long values, int count);

    static native int uc_emu_start(long uc, long begin, long until, long timeout, long count);

    static native int uc_emu_stop(long uc);

    /** {@code uc_ctl} with two integers, where variadic ones are passed like fixed ones. */
    static native int uc_ctl(long uc, int control, long first, long second);

    static native int uc_hook_add(long uc, long handle, int type, Callback callback, long data, long begin, long end);

    static native int uc_hook_del(long uc, long handle);

    static native long uc_context_size(long uc);

    static native int uc_context_alloc(long uc, long context);

    static native int uc_context_save(long uc, long context);

    static native int uc_context_restore(long uc, long context);

    static native int uc_context_free(long context);

    /** {@code uc_ctl} is variadic, which a direct mapping does not know. */
    interface Control extends Library {
        int uc_ctl(Pointer uc, int control, Object... arguments);
    }

    /** Called when the core raises exception {@code number}. */
    interface Interrupt extends Callback {
        void invoke(long uc, int number, long data);
    }

    /** Called before an access to memory; for accesses that are not permitted, 0 means that nobody saw to it. */
    interface MemoryAccess extends Callback {
        byte invoke(long uc, int type, long address, int size, long value, long data);
    }

    /** Called for a read of memory-mapped I/O. */
    interface IoRead extends Callback {
        long invoke(long uc, long offset, int size, long data);
    }

    /** Called for a write of memory-mapped I/O. */
    interface IoWrite extends Callback {
        void invoke(long uc, long offset, int size, long value, long data);
    }
}

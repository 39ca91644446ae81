// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Counts with a hook function of a few machine instructions, more than three times faster than {@link HookedTwice} since Unicorn calls
 * an only hook directly. It also keeps the addresses of the last instructions, which tell where a run ended.
 */
final class MachineCodeCounter implements InstructionCounter {
    private static final int COUNT = 0;
    private static final int LIMIT = 8;
    private static final int STOP = 16;
    private static final int ADDRESSES = 32;
    private static final int KEPT = 8;

    /** An IT and three instructions can stand between an instruction of a block and the block's start. */
    private static final int LONGEST_BLOCK = 4;

    /** For the System V convention: engine in rdi, address in rsi, size in edx, data in rcx. */
    private static final int[] X86_64 = {
        0x48, 0x8b, 0x01, //             mov  rax, [rcx]
        0x48, 0xff, 0xc0, //             inc  rax
        0x48, 0x89, 0x01, //             mov  [rcx], rax
        0x41, 0x89, 0xc0, //             mov  r8d, eax
        0x41, 0x83, 0xe0, KEPT - 1, //   and  r8d, 7
        0x4a, 0x89, 0x74, 0xc1, 0x20, // mov  [rcx + r8 * 8 + 32], rsi
        0x48, 0x3b, 0x41, LIMIT, //      cmp  rax, [rcx + 8]
        0x77, 0x01, //                   ja   .+3
        0xc3, //                         ret
        0xff, 0x61, STOP, //             jmp  [rcx + 16]
    };

    private static final int READ_WRITE = 3;
    private static final int READ_EXECUTE = 5;
    private static final int PRIVATE_ANONYMOUS = 0x22;
    private static final long PAGE = 4096;

    private final Memory data = new Memory(ADDRESSES + KEPT * (long) Long.BYTES);
    private final ByteBuffer fields = data.getByteBuffer(0, data.size()).order(ByteOrder.LITTLE_ENDIAN);
    private int startPc;
    private int startItState;

    private MachineCodeCounter(NativeUnicorn unicorn, long uc, long code) {
        data.clear();
        fields.putLong(STOP, unicorn.function("uc_emu_stop"));
        try (Memory handle = new Memory(Long.BYTES)) {
            Emulation.check(unicorn.addNativeHook(
                    uc, Pointer.nativeValue(handle), Uc.HOOK_CODE, code, Pointer.nativeValue(data), 1, 0));
        }
    }

    /** A counter where this machine code runs: on 64-bit x86 under Linux, unless it forbids new code. */
    static Optional<InstructionCounter> forThisHost(NativeUnicorn unicorn, long uc) {
        return CODE == 0 ? Optional.empty() : Optional.of(new MachineCodeCounter(unicorn, uc, CODE));
    }

    /** Address of the machine code, one copy a JVM; 0 where there is none. */
    private static final long CODE = Platform.RESOURCE_PREFIX.equals("linux-x86-64") ? load() : 0;

    private static long load() {
        NativeLibrary libc = NativeLibrary.getInstance(Platform.C_LIBRARY_NAME);
        Pointer page = libc.getFunction("mmap")
                .invokePointer(new Object[] {Pointer.NULL, PAGE, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0L});
        if (Pointer.nativeValue(page) == -1) {
            return 0;
        }
        for (int i = 0; i < X86_64.length; i++) {
            page.setByte(i, (byte) X86_64[i]);
        }
        int refused = libc.getFunction("mprotect").invokeInt(new Object[] {page, PAGE, READ_EXECUTE});
        return refused == 0 ? Pointer.nativeValue(page) : 0;
    }

    @Override
    public long begin(int pc, int itState, long count) {
        fields.putLong(COUNT, 0);
        fields.putLong(LIMIT, count);
        startPc = pc;
        startItState = itState;
        return 0;
    }

    @Override
    public long begun() {
        return fields.getLong(COUNT);
    }

    @Override
    public boolean exhausted() {
        return begun() > fields.getLong(LIMIT);
    }

    @Override
    public void limit(long count) {
        fields.putLong(LIMIT, Math.min(fields.getLong(LIMIT), Math.max(count, begun())));
    }

    /** Outside an IT block the run ends before the last instruction; inside, its last one is executed, and the PC may stay at it. */
    @Override
    public boolean endedBeforeLast(int pc, BlockFinder blocks) {
        return exhausted() && address(0) == pc && (itState(pc, blocks) == 0 || blocks.branchesToItself(pc));
    }

    /** The IT was begun not long before, or before the start. */
    @Override
    public int itState(int pc, BlockFinder blocks) {
        if (address(0) != pc) {
            return 0;
        }
        for (int back = 1; back <= LONGEST_BLOCK && back < begun(); back++) {
            int itState = blocks.itState(address(back), pc);
            if (itState != 0) {
                return itState;
            }
        }
        return begun() <= LONGEST_BLOCK ? blocks.itState(startPc, startItState, pc) : 0;
    }

    /** Where the instruction is that was begun {@code back} before the last. */
    private int address(int back) {
        return (int) fields.getLong(ADDRESSES + (int) (begun() - back & KEPT - 1) * Long.BYTES);
    }
}

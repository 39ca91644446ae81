// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes back what Unicorn executes of an IT block after an access that should have ended the run. Unicorn never stops inside an IT
 * block; so the core's state is saved at the access, and from there on memory is noted before each store.
 */
final class Undo implements AutoCloseable {
    /** Memory before a store. */
    private record Old(NativeRam ram, int offset, byte[] octets) {}

    private final long uc;
    private final Emulation emulation;
    private final AddressMap map;
    private final BlockFinder blocks;
    private final RegisterFile registers;
    private final SavedContext context;
    private final Memory handle = new Memory(Long.BYTES);
    private final Uc.MemoryAccess onStore = this::note;
    private final List<Old> old = new ArrayList<>();
    private boolean prepared;
    private long mark;
    private int pc;
    private int itState;

    Undo(Emulation emulation, AddressMap map, BlockFinder blocks, RegisterFile registers) {
        this.emulation = emulation;
        this.blocks = blocks;
        this.map = map;
        this.registers = registers;
        uc = emulation.uc;
        context = new SavedContext(uc);
    }

    /** From a callback: makes it possible to return to before the accessing instruction, should it be in an IT block. */
    void prepare() {
        if (prepared) {
            return;
        }
        pc = registers.read(RegisterFile.PC);
        itState = emulation.itState(pc, blocks);
        if (itState == 0) {
            return;
        }
        mark = emulation.counted();
        context.save();
        Emulation.check(Uc.uc_hook_add(uc, Pointer.nativeValue(handle), Uc.HOOK_MEM_WRITE, onStore, 0, 1, 0));
        prepared = true;
    }

    /** Whether the instruction now executing comes after the one that the run should have ended with. */
    boolean beyond() {
        return prepared && emulation.counted() > mark;
    }

    /** Whether there is a state to return to. */
    boolean prepared() {
        return prepared;
    }

    /** How many instructions had been counted at the access, that one included. */
    long mark() {
        return mark;
    }

    /** Address of the accessing instruction. */
    int pc() {
        return pc;
    }

    /** Returns to before the accessing instruction; returns its address. */
    int restore() {
        for (int i = old.size() - 1; i >= 0; i--) {
            Old part = old.get(i);
            part.ram().write(part.offset(), part.octets(), 0, part.octets().length);
            map.forget(part.ram(), part.offset(), part.octets().length);
        }
        context.restore();
        registers.writeItState(itState);
        discard();
        return pc;
    }

    /** Forgets about it. */
    void discard() {
        if (prepared) {
            Emulation.check(Uc.uc_hook_del(uc, handle.getLong(0)));
            old.clear();
            prepared = false;
        }
    }

    private byte note(long engine, int type, long address, int size, long value, long data) {
        Segment segment = map.at((int) address);
        int offset = segment.offset() + (int) (address - segment.base());
        if (address + size <= segment.end()) {
            byte[] octets = new byte[size];
            segment.ram().read(offset, octets, 0, size);
            old.add(new Old(segment.ram(), offset, octets));
        }
        return 0;
    }

    @Override
    public void close() {
        context.close();
    }
}

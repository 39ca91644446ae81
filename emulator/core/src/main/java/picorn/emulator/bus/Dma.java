// SPDX-License-Identifier: MIT
package picorn.emulator.bus;

import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.Mapping;

/** The bus as a DMA master sees it: no memory that belongs to the core alone, and whole blocks at a time. */
public final class Dma {
    private final Bus bus;
    private final String master;

    Dma(Bus bus, String master) {
        this.bus = bus;
        this.master = master;
    }

    /**
     * Reads a word, a halfword or an octet, with a device's side effects.
     *
     * @return 0 to 2^32-1, or {@link CpuBus#FAULT}
     */
    public long read(int address, int width) {
        long value = reaches(address) ? bus.read(address, width) : CpuBus.FAULT;
        tell(BusObserver.Move.READ, address, width, value < CpuBus.FAULT);
        return value;
    }

    /** Writes a word, a halfword or an octet; false is a bus error. */
    public boolean write(int address, int width, int value) {
        boolean done = reaches(address) && bus.write(address, width, value);
        tell(BusObserver.Move.WRITE, address, width, done);
        return done;
    }

    /** Copies {@code length} octets of memory from {@code address} on; false, and nothing copied, if not all of them are memory. */
    public boolean read(int address, byte[] into, int at, int length) {
        Region.Memory memory = memory(address, length);
        if (memory != null) {
            memory.ram().read(memory.at(address), into, at, length);
        }
        tell(BusObserver.Move.READ, address, length, memory != null);
        return memory != null;
    }

    /** Copies {@code length} octets to memory from {@code address} on; false, and nothing copied, if not all of them are RAM. */
    public boolean write(int address, byte[] from, int at, int length) {
        Region.Memory memory = memory(address, length);
        boolean possible = isRam(memory);
        if (possible) {
            memory.ram().write(memory.at(address), from, at, length);
            bus.changed(memory, address, length);
        }
        tell(BusObserver.Move.WRITE, address, length, possible);
        return possible;
    }

    /** Whether {@code length} octets from {@code address} on are memory; if not, it is a bus error of a read. */
    public boolean canRead(int address, int length) {
        return possible(BusObserver.Move.READ, address, length, memory(address, length) != null);
    }

    /** Whether {@code length} octets from {@code address} on are RAM; if not, it is a bus error of a write. */
    public boolean canWrite(int address, int length) {
        Region.Memory memory = memory(address, length);
        return possible(BusObserver.Move.WRITE, address, length, isRam(memory));
    }

    private boolean possible(BusObserver.Move move, int address, int length, boolean possible) {
        if (!possible) {
            tell(move, address, length, false);
        }
        return possible;
    }

    private static boolean isRam(Region.Memory memory) {
        return memory != null && memory.mapping() != Mapping.READ_EXECUTE;
    }

    private void tell(BusObserver.Move move, int address, int length, boolean done) {
        if (!done) {
            bus.reportUnreached(master, address);
        }
        for (BusObserver observer : bus.observers()) {
            observer.moved(master, move, address, length, done);
        }
    }

    private Region.Memory memory(int address, int length) {
        return length >= 0
                        && bus.find(address) instanceof Region.Memory memory
                        && memory.masters() == Region.Masters.ALL
                        && (length == 0 || memory.contains(address + length - 1) && length <= memory.size())
                ? memory
                : null;
    }

    /** The core's own memories do not exist for others. */
    private boolean reaches(int address) {
        Region region = bus.find(address);
        return region != null
                && !(region instanceof Region.Memory memory && memory.masters() == Region.Masters.CORE_ONLY);
    }
}

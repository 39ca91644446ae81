// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.Access;
import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.Protection;
import picorn.emulator.cpu.Stop.Fault;

/** MemA and MemU of the manual (ARMv7-M ARM, B2.4): checks, memory that is mapped, and the bus for all else. */
class Memory {
    final AddressMap map = new AddressMap();
    private final CpuBus bus;
    final Core core;
    private Protection protection = Protection.NONE;
    private boolean guarded;
    private boolean unalignedTraps;
    /** An LDRT or STRT: as if unprivileged. */
    private boolean asUser;

    Memory(Core core, CpuBus bus) {
        this.core = core;
        this.bus = bus;
    }

    void context(Protection newProtection, boolean traps) {
        protection = newProtection;
        guarded = newProtection != Protection.NONE;
        unalignedTraps = traps;
    }

    /** Whether instruction fetches have to ask {@link #checkFetch}. */
    boolean guarded() {
        return guarded;
    }

    /** Whether an access that is under way is privileged. */
    boolean privileged() {
        return !asUser && core.privileged();
    }

    /** The accesses until {@link #asItself} are unprivileged. */
    void asUser() {
        asUser = true;
    }

    void asItself() {
        asUser = false;
    }

    void checkFetch(int address) {
        if (!protection.allows(address, Access.FETCH, core.privileged())) {
            throw core.fault(Fault.FETCH_PROTECTION, address);
        }
    }

    private void checkRead(int address) {
        if (!protection.allows(address, Access.READ, privileged())) {
            throw core.fault(Fault.READ_PROTECTION, address);
        }
    }

    private void checkWrite(int address) {
        if (!protection.allows(address, Access.WRITE, privileged())) {
            throw core.fault(Fault.WRITE_PROTECTION, address);
        }
    }

    /** Faults unless {@code address} is a multiple of {@code width}: LDM, LDRD, exclusives and floating point demand it always. */
    void requireAligned(int address, int width) {
        if ((address & width - 1) != 0) {
            throw core.fault(Fault.UNALIGNED, address);
        }
    }

    int read8(int address) {
        if (guarded) {
            checkRead(address);
        }
        Page page = map.at(address);
        return page.readable != null ? page.readable[page.offset + (address & Page.MASK)] & 0xff : busRead(address, 1);
    }

    int read16(int address) {
        if ((address & 1) != 0) {
            return readUnaligned(address, 2);
        }
        if (guarded) {
            checkRead(address);
        }
        Page page = map.at(address);
        return page.readable != null
                ? (short) HeapRam.HALFWORD.get(page.readable, page.offset + (address & Page.MASK)) & 0xffff
                : busRead(address, 2);
    }

    int read32(int address) {
        if ((address & 3) != 0) {
            return readUnaligned(address, 4);
        }
        if (guarded) {
            checkRead(address);
        }
        Page page = map.at(address);
        return page.readable != null
                ? (int) HeapRam.WORD.get(page.readable, page.offset + (address & Page.MASK))
                : busRead(address, 4);
    }

    private int busRead(int address, int width) {
        if (map.at(address).unseen != null) {
            map.show(address);
            return read(address, width);
        }
        long value = bus.read(address, width);
        if (value >= CpuBus.FAULT) {
            throw core.fault(Fault.READ, address);
        }
        return (int) value;
    }

    /** The core splits it into the largest aligned parts (Cortex-M4 TRM, 3.6: an unaligned access is several on the bus). */
    private int readUnaligned(int address, int width) {
        if (unalignedTraps) {
            throw core.fault(Fault.UNALIGNED, address);
        }
        int value = 0;
        for (int done = 0; done < width; ) {
            int part = part(address + done, width - done);
            value |= (part == 1 ? read8(address + done) : read16(address + done)) << 8 * done;
            done += part;
        }
        return value;
    }

    private static int part(int address, int left) {
        return (address & 1) == 0 && left >= 2 ? 2 : 1;
    }

    void write8(int address, int value) {
        if (guarded) {
            checkWrite(address);
        }
        Page page = map.at(address);
        if (page.writable == null) {
            busWrite(address, 1, value & 0xff);
            return;
        }
        int at = page.offset + (address & Page.MASK);
        page.writable[at] = (byte) value;
        if (page.ram.code[at >> HeapRam.BLOCK_BITS] != 0) {
            map.dropCode(page.ram, at, 1);
        }
    }

    void write16(int address, int value) {
        if ((address & 1) != 0) {
            writeUnaligned(address, 2, value);
            return;
        }
        if (guarded) {
            checkWrite(address);
        }
        Page page = map.at(address);
        if (page.writable == null) {
            busWrite(address, 2, value & 0xffff);
            return;
        }
        int at = page.offset + (address & Page.MASK);
        HeapRam.HALFWORD.set(page.writable, at, (short) value);
        if (page.ram.code[at >> HeapRam.BLOCK_BITS] != 0) {
            map.dropCode(page.ram, at, 2);
        }
    }

    void write32(int address, int value) {
        if ((address & 3) != 0) {
            writeUnaligned(address, 4, value);
            return;
        }
        if (guarded) {
            checkWrite(address);
        }
        Page page = map.at(address);
        if (page.writable == null) {
            busWrite(address, 4, value);
            return;
        }
        int at = page.offset + (address & Page.MASK);
        HeapRam.WORD.set(page.writable, at, value);
        if (page.ram.code[at >> HeapRam.BLOCK_BITS] != 0) {
            map.dropCode(page.ram, at, 4);
        }
    }

    /** Two words, the first in the lower half. */
    long readWords(int address) {
        return read32(address) & 0xffff_ffffL | (long) read32(address + 4) << 32;
    }

    void writeWords(int address, int first, int second) {
        write32(address, first);
        write32(address + 4, second);
    }

    private int read(int address, int width) {
        return width == 4 ? read32(address) : width == 2 ? read16(address) : read8(address);
    }

    private void busWrite(int address, int width, int value) {
        if (map.at(address).unseen != null) {
            map.show(address);
            write(address, width, value);
            return;
        }
        if (!bus.write(address, width, value)) {
            throw core.fault(Fault.WRITE, address);
        }
    }

    private void write(int address, int width, int value) {
        switch (width) {
            case 1 -> write8(address, value);
            case 2 -> write16(address, value);
            default -> write32(address, value);
        }
    }

    private void writeUnaligned(int address, int width, int value) {
        if (unalignedTraps) {
            throw core.fault(Fault.UNALIGNED, address);
        }
        for (int done = 0; done < width; ) {
            int part = part(address + done, width - done);
            if (part == 1) {
                write8(address + done, value >>> 8 * done);
            } else {
                write16(address + done, value >>> 8 * done);
            }
            done += part;
        }
    }
}

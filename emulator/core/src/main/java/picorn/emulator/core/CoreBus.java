// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import picorn.emulator.bus.Bus;
import picorn.emulator.bus.Region;
import picorn.emulator.cpu.Access;
import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Protection;

/**
 * What stands between the core and the system's bus: the MPU, the privilege that the private peripheral bus wants, bit-band
 * (ARMv7-M ARM, B3.1 and B3.5; Cortex-M4 TRM, 3.7) and the difference between precise and imprecise faults.
 */
public final class CoreBus implements CpuBus {
    /** What the core makes of accesses that go wrong. */
    interface Faults {
        /** A buffered store was refused, after its instruction completed. */
        void imprecise();

        /** Whether a precise fault at the present priority is to be ignored, CCR.BFHFNMIGN. */
        boolean ignored();
    }

    /** Who refused the last precise fault. */
    enum Refusal {
        BUS,
        PROTECTION,
        /** Nobody: a debugger is to see it first. */
        WATCHPOINT
    }

    private static final int SMALLEST_REGION = 32;
    private static final int STIR = 0xE000_EF00;
    private static final int SRAM_ALIAS = 0x22;
    private static final int PERIPHERAL_ALIAS = 0x42;

    private CpuEngine engine;
    private Bus bus;
    private Faults faults;
    private SystemControlBlock scb;
    private DebugPoints points;
    private StackGuard guard;
    private Protection protection = Protection.NONE;
    private Refusal refusal = Refusal.BUS;

    void connect(
            CpuEngine newEngine,
            Bus newBus,
            SystemControlBlock newScb,
            DebugPoints newPoints,
            StackGuard newGuard,
            Faults newFaults) {
        guard = newGuard;
        engine = newEngine;
        points = newPoints;
        bus = newBus;
        scb = newScb;
        faults = newFaults;
    }

    void protection(Protection newProtection) {
        protection = newProtection;
    }

    /** What the MPU makes of accesses now. */
    Protection protection() {
        return protection;
    }

    Refusal refusal() {
        return refusal;
    }

    /** Whether an instruction at {@code address} is not forbidden, be there memory or not. */
    boolean mayFetch(int address) {
        return protection == Protection.NONE
                ? DefaultMemoryMap.executable(address)
                : protection.allows(address, Access.FETCH, engine.privileged());
    }

    @Override
    public long read(int address, int width) {
        if (violates(address, width, Access.READ)) {
            return FAULT;
        }
        long value = forbidden(address, Access.READ) ? FAULT : readRouted(address, width);
        if (value < FAULT) {
            return value;
        }
        refusal = Refusal.BUS;
        return faults.ignored() ? 0 : FAULT;
    }

    private long readRouted(int address, int width) {
        return isBitBand(address) ? readBit(address) : bus.read(address, width);
    }

    @Override
    public boolean write(int address, int width, int value) {
        if (violates(address, width, Access.WRITE)) {
            return false;
        }
        guard.storing(address);
        if (!forbidden(address, Access.WRITE) && writeRouted(address, width, value) || faults.ignored()) {
            return true;
        }
        refusal = Refusal.BUS;
        if (isPrivatePeripheral(address) || scb.disableWriteBuffer.isSet()) {
            return false;
        }
        faults.imprecise();
        return true;
    }

    private boolean writeRouted(int address, int width, int value) {
        return isBitBand(address) ? writeBit(address, value) : bus.write(address, width, value);
    }

    /** Whether the access does not come to pass: the MPU forbids it, or a debugger is to see it first. */
    private boolean violates(int address, int width, Access access) {
        if (protection != Protection.NONE && !protection.allows(address, access, engine.privileged())) {
            refusal = Refusal.PROTECTION;
            return true;
        }
        if (points.haltsAt(address, width, access)) {
            refusal = Refusal.WATCHPOINT;
            return true;
        }
        return false;
    }

    /** The private peripheral bus answers privileged code only, with two exceptions (B3.1.1, B3.4.9, C1.7.3). */
    private boolean forbidden(int address, Access access) {
        return isPrivatePeripheral(address)
                && !engine.privileged()
                && !(address == STIR && access == Access.WRITE && scb.userSetMPend.isSet())
                && !Itm.isStimulusPort(address);
    }

    private static boolean isPrivatePeripheral(int address) {
        return address >>> 20 == 0xE00;
    }

    private static boolean isBitBand(int address) {
        int top = address >>> 24;
        return (top & ~1) == SRAM_ALIAS || (top & ~1) == PERIPHERAL_ALIAS;
    }

    /** The word that holds the bit behind an alias address. */
    private static int bitBandWord(int alias) {
        return (alias & 0xF000_0000) + ((alias & 0x01FF_FFFF) >>> 5 & ~3);
    }

    private static int bitBandBit(int alias) {
        return alias >>> 2 & 31;
    }

    private long readBit(int alias) {
        long word = bus.read(bitBandWord(alias), 4);
        return word >= FAULT ? FAULT : word >>> bitBandBit(alias) & 1;
    }

    /** A bit-band write is a locked read and write of the word. */
    private boolean writeBit(int alias, int value) {
        int word = bitBandWord(alias);
        long before = bus.read(word, 4);
        int bit = 1 << bitBandBit(alias);
        return before < FAULT && bus.write(word, 4, (value & 1) != 0 ? (int) before | bit : (int) before & ~bit);
    }

    /** Stores the first {@code count} words as exception entry does. */
    FrameFault push(int address, int[] words, int count, Protection mpu, boolean privileged) {
        if (!allowed(address, count, Access.WRITE, mpu, privileged)) {
            return FrameFault.PROTECTION;
        }
        return writeMemory(address, words, count) || writeWords(address, words, count)
                ? FrameFault.NONE
                : FrameFault.BUS;
    }

    private static boolean allowed(int address, int words, Access access, Protection mpu, boolean privileged) {
        if (mpu == Protection.NONE) {
            return true;
        }
        int end = address + 4 * words - 1;
        for (int at = address; at - end < 0; at += SMALLEST_REGION) {
            if (!mpu.allows(at, access, privileged)) {
                return false;
            }
        }
        return mpu.allows(end, access, privileged);
    }

    /** The memory that holds all of a frame, which is the usual case. */
    private Region.Memory memoryOf(int address, int words) {
        return bus.at(address).orElse(null) instanceof Region.Memory memory && memory.contains(address + 4 * words - 1)
                ? memory
                : null;
    }

    /** False if it is not all in one memory. */
    private boolean writeMemory(int address, int[] words, int count) {
        Region.Memory memory = memoryOf(address, count);
        if (memory == null || memory.mapping() == Mapping.READ_EXECUTE) {
            return false;
        }
        int at = memory.at(address);
        for (int i = 0; i < count; i++) {
            memory.ram().put32(at + 4 * i, words[i]);
        }
        engine.changed(memory.ram(), at, 4 * count);
        return true;
    }

    private boolean writeWords(int address, int[] words, int count) {
        boolean done = true;
        for (int i = 0; i < count; i++) {
            done &= bus.write(address + 4 * i, 4, words[i]);
        }
        return done;
    }

    /** Loads {@code count} words as exception return does. */
    FrameFault pop(int address, int[] words, int count, Protection mpu, boolean privileged) {
        if (!allowed(address, count, Access.READ, mpu, privileged)) {
            return FrameFault.PROTECTION;
        }
        return readMemory(address, words, count) || readWords(address, words, count) ? FrameFault.NONE : FrameFault.BUS;
    }

    /** False if it is not all in one memory. */
    private boolean readMemory(int address, int[] words, int count) {
        Region.Memory memory = memoryOf(address, count);
        if (memory == null) {
            return false;
        }
        int at = memory.at(address);
        for (int i = 0; i < count; i++) {
            words[i] = memory.ram().get32(at + 4 * i);
        }
        return true;
    }

    private boolean readWords(int address, int[] words, int count) {
        for (int i = 0; i < count; i++) {
            long word = bus.read(address + 4 * i, 4);
            if (word >= FAULT) {
                return false;
            }
            words[i] = (int) word;
        }
        return true;
    }
}

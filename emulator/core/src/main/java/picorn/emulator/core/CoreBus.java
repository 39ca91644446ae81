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
        PROTECTION
    }

    private static final int STIR = 0xE000_EF00;
    private static final int SRAM_ALIAS = 0x22;
    private static final int PERIPHERAL_ALIAS = 0x42;

    private CpuEngine engine;
    private Bus bus;
    private Faults faults;
    private SystemControlBlock scb;
    private Protection protection = Protection.NONE;
    private Refusal refusal = Refusal.BUS;

    void connect(CpuEngine newEngine, Bus newBus, SystemControlBlock newScb, Faults newFaults) {
        engine = newEngine;
        bus = newBus;
        scb = newScb;
        faults = newFaults;
    }

    void protection(Protection newProtection) {
        protection = newProtection;
    }

    Refusal refusal() {
        return refusal;
    }

    @Override
    public long read(int address, int width) {
        if (refuses(address, Access.READ)) {
            return FAULT;
        }
        long value = isBitBand(address) ? readBit(address) : bus.read(address, width);
        if (value < FAULT) {
            return value;
        }
        refusal = Refusal.BUS;
        return faults.ignored() ? 0 : FAULT;
    }

    @Override
    public boolean write(int address, int width, int value) {
        if (refuses(address, Access.WRITE)) {
            return false;
        }
        boolean done = isBitBand(address) ? writeBit(address, value) : bus.write(address, width, value);
        if (!done && !faults.ignored()) {
            faults.imprecise();
        }
        return true;
    }

    private boolean refuses(int address, Access access) {
        boolean privatePeripheral = address >>> 20 == 0xE00;
        if (privatePeripheral && !engine.privileged() && !(address == STIR && scb.userSetMPend.isSet())) {
            refusal = Refusal.BUS;
            return !faults.ignored();
        }
        if (protection == Protection.NONE || protection.allows(address, access, engine.privileged())) {
            return false;
        }
        refusal = Refusal.PROTECTION;
        return true;
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

    /** Whether an exception frame of {@code octets} may be accessed; else {@link #refusal} is set. */
    boolean mayAccess(int address, int octets, Access access, boolean privileged) {
        if (!protection.allows(address, access, privileged)
                || !protection.allows(address + octets - 1, access, privileged)) {
            refusal = Refusal.PROTECTION;
            return false;
        }
        refusal = Refusal.BUS;
        return true;
    }

    /** Stores the first {@code count} words as exception entry does; false is a bus fault. */
    boolean push(int address, int[] words, int count) {
        if (bus.at(address).orElse(null) instanceof Region.Memory memory
                && memory.contains(address + 4 * count - 1)
                && memory.mapping() != Mapping.READ_EXECUTE) {
            int at = memory.at(address);
            for (int i = 0; i < count; i++) {
                memory.ram().put32(at + 4 * i, words[i]);
            }
            engine.changed(memory.ram(), at, 4 * count);
            return true;
        }
        boolean done = true;
        for (int i = 0; i < count; i++) {
            done &= bus.write(address + 4 * i, 4, words[i]);
        }
        return done;
    }

    /** Loads {@code count} words as exception return does; false is a bus fault. */
    boolean pop(int address, int[] words, int count) {
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

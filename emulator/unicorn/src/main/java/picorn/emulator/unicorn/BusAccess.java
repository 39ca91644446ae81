// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import picorn.emulator.cpu.Access;
import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.Protection;
import picorn.emulator.cpu.Stop.Fault;

/** Passes the core's accesses to the bus, each exactly once, and remembers what went wrong. Nothing is thrown into native code. */
final class BusAccess {
    /** More than the words of a VLDM. */
    private static final int LOG = 64;

    private final CpuBus bus;
    private final Emulation emulation;
    private final RegisterFile registers;
    private final Undo undo;
    private final AddressMap map;
    private final LoadedRegisters loaded;
    private final long[] log = new long[LOG];
    private long logged;
    private int logSize;
    private int replayed;
    private int toReplay;

    private boolean active;
    private Protection protection = Protection.NONE;
    private Fault fault = Fault.NONE;
    private int faultAddress;
    private Throwable failure;

    BusAccess(CpuBus bus, Emulation emulation, RegisterFile registers, Undo undo, AddressMap map) {
        this.bus = bus;
        this.map = map;
        loaded = new LoadedRegisters(registers);
        this.emulation = emulation;
        this.registers = registers;
        this.undo = undo;
    }

    /** Before each start. */
    void begin() {
        loaded.forget();
        fault = Fault.NONE;
        failure = null;
        logged = 0;
    }

    /** Gives the accesses of the last instruction the answers that they have had, before any more go to the bus. */
    void replay() {
        toReplay = logSize;
        replayed = 0;
    }

    /** Ends {@link #replay}. */
    void endReplay() {
        toReplay = 0;
    }

    /** Whether a call of the bus is under way. */
    boolean active() {
        return active;
    }

    /** Why an access was refused, or {@code NONE}. */
    Fault fault() {
        return fault;
    }

    /** What was refused. */
    int faultAddress() {
        return faultAddress;
    }

    /** What was thrown by the bus, or null. */
    Throwable failure() {
        return failure;
    }

    /** After a refusal: takes back what the instruction has loaded before. */
    void restoreLoaded() {
        loaded.restore();
    }

    void protection(Protection newProtection) {
        protection = newProtection;
    }

    /** Reads {@code size} octets at {@code address}. */
    long read(int address, int size) {
        if (size > Integer.BYTES) {
            return read(address, 4) | read(address + 4, 4) << 32;
        }
        if (muted()) {
            return 0;
        }
        if (replayed < toReplay) {
            return log[replayed++];
        }
        keepRegisters();
        long value = permitted(address, Access.READ, Fault.READ_PROTECTION) ? readBus(address, size) : 0;
        note(value);
        return value;
    }

    /** Writes {@code size} octets at {@code address}. */
    void write(int address, int size, long value) {
        if (size > Integer.BYTES) {
            write(address, 4, value & 0xffff_ffffL);
            write(address + 4, 4, value >>> 32);
            return;
        }
        if (muted()) {
            return;
        }
        if (replayed < toReplay) {
            replayed++;
            return;
        }
        loaded.forget();
        if (permitted(address, Access.WRITE, Fault.WRITE_PROTECTION)) {
            writeBus(address, size, (int) value);
        }
        note(0);
    }

    private boolean muted() {
        return fault != Fault.NONE || undo.beyond();
    }

    private long readBus(int address, int size) {
        long value = CpuBus.FAULT;
        active = true;
        try {
            value = bus.read(address, size);
        } catch (Throwable e) {
            failure = e;
        } finally {
            active = false;
        }
        if (value >>> 32 == 0) {
            return value;
        }
        refuse(Fault.READ, address);
        return 0;
    }

    private void writeBus(int address, int size, int value) {
        boolean done = false;
        active = true;
        try {
            done = bus.write(address, size, value);
        } catch (Throwable e) {
            failure = e;
        } finally {
            active = false;
        }
        if (!done) {
            refuse(Fault.WRITE, address);
        }
    }

    private boolean permitted(int address, Access access, Fault otherwise) {
        if (protection == Protection.NONE || protection.allows(address, access, registers.privileged())) {
            return true;
        }
        refuse(otherwise, address);
        return false;
    }

    private void refuse(Fault why, int address) {
        fault = why;
        faultAddress = address;
        undo.prepare();
        emulation.abort();
    }

    private void keepRegisters() {
        if (map.isWatching() && emulation.counted() != logged) {
            loaded.keep();
        }
    }

    private void note(long answer) {
        long now = emulation.counted();
        if (now != logged) {
            logged = now;
            logSize = 0;
        }
        if (logSize < LOG) {
            log[logSize++] = answer;
        }
    }
}

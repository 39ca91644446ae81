// SPDX-License-Identifier: MIT
package picorn.emulator.debug;

import picorn.emulator.bus.Bus;
import picorn.emulator.bus.Region;
import picorn.emulator.core.DebugPoints;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Reg;
import picorn.emulator.machine.Machine;
import picorn.emulator.machine.Outcome;
import picorn.emulator.machine.StopCause;

/**
 * A debugger's hand on a machine: lets it go, steps it, looks and writes while it is halted. To look has no effect; to write to a
 * peripheral has that of firmware's write.
 */
public final class Debugger {
    /** A debugger halted the core. */
    public static final StopCause HALT = () -> "halted by the debugger";

    private static final int BKPT_LENGTH = 2;

    private final Machine machine;
    private final CpuEngine engine;
    private final Bus bus;
    private boolean atBkpt;

    /** Of {@code machine}, on the emulation's thread. */
    public Debugger(Machine machine) {
        this.machine = machine;
        engine = machine.engine();
        bus = machine.bus();
    }

    /** What it debugs. */
    public Machine machine() {
        return machine;
    }

    /** Where the core is to halt. */
    public DebugPoints points() {
        return machine.core().points();
    }

    /** Whether the core is locked up. */
    public boolean lockedUp() {
        return machine.core().lockedUp();
    }

    /** Lets the machine run until {@code time}, in picoseconds since reset, until it halts or ends. */
    public Outcome go(long time) {
        passBkpt();
        return noted(machine.run(time));
    }

    /** Executes one instruction, or takes the exception that is pending. */
    public Outcome step(long time) {
        passBkpt();
        return noted(machine.step(time));
    }

    /** A BKPT that the core halted at has been seen; it does nothing else, as with a halting debugger (ARMv7-M ARM, C1.5). */
    private void passBkpt() {
        if (atBkpt) {
            engine.set(Reg.PC, engine.pc() + BKPT_LENGTH);
        }
        atBkpt = false;
        points().resume();
    }

    private Outcome noted(Outcome outcome) {
        atBkpt = outcome instanceof Outcome.Bkpt;
        return outcome;
    }

    /** The value of a register. */
    public int get(Reg register) {
        return engine.get(register);
    }

    /** Writes a register; what runs, thread or handler, stays. */
    public void set(Reg register, int value) {
        if (register == Reg.XPSR) {
            int exception = engine.get(Reg.XPSR) & 0x1FF;
            engine.set(Reg.XPSR, value & ~0x1FF | exception);
        } else {
            engine.set(register, value);
        }
        if (register == Reg.PC) {
            atBkpt = false;
        }
    }

    /** Resets chip and core; halted before the first instruction. */
    public void reset() {
        atBkpt = false;
        machine.reset(Machine.ResetKind.SYSTEM_REQUEST);
    }

    /** The machine is where it was at another time: it did not halt here. */
    public void moved() {
        atBkpt = false;
    }

    /** Reads octets from {@code address} on without effect; the result is how many there are up to where there is nothing. */
    public int read(int address, byte[] into) {
        int done = 0;
        while (done < into.length) {
            int length = readSome(address + done, into, done);
            if (length == 0) {
                break;
            }
            done += length;
        }
        return done;
    }

    private int readSome(int address, byte[] into, int at) {
        Region region = bus.at(address).orElse(null);
        if (region == null) {
            return 0;
        }
        int left = into.length - at;
        if (region instanceof Region.Memory memory) {
            int length = (int) Math.min(left, memory.size() - Integer.toUnsignedLong(address - memory.base()));
            memory.ram().read(memory.at(address), into, at, length);
            return length;
        }
        int width = width(address, left);
        long value = bus.peek(address, width);
        for (int i = 0; i < width; i++) {
            into[at + i] = (byte) (value >>> 8 * i);
        }
        return width;
    }

    /** Registers are accessed by words where that is possible. */
    private static int width(int address, int left) {
        if ((address & 3) == 0 && left >= 4) {
            return 4;
        }
        return (address & 1) == 0 && left >= 2 ? 2 : 1;
    }

    /** Writes octets from {@code address} on, flash memory included; the result is how many, up to where there is nothing. */
    public int write(int address, byte[] octets) {
        int done = 0;
        while (done < octets.length) {
            int length = writeSome(address + done, octets, done);
            if (length == 0) {
                break;
            }
            done += length;
        }
        return done;
    }

    private int writeSome(int address, byte[] from, int at) {
        Region region = bus.at(address).orElse(null);
        if (region == null) {
            return 0;
        }
        int left = from.length - at;
        if (region instanceof Region.Memory memory) {
            int length = (int) Math.min(left, memory.size() - Integer.toUnsignedLong(address - memory.base()));
            memory.ram().write(memory.at(address), from, at, length);
            bus.changed(memory.ram(), memory.at(address), length);
            return length;
        }
        int width = width(address, left);
        int value = 0;
        for (int i = 0; i < width; i++) {
            value |= (from[at + i] & 0xFF) << 8 * i;
        }
        bus.write(address, width, value);
        return width;
    }
}

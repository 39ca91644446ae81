// SPDX-License-Identifier: MIT
package picorn.emulator.debug;

import java.util.Optional;
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

    private final DebuggedMachine present;
    private Optional<History> history = Optional.empty();
    private Runnable onChange = () -> {};

    /** Of {@code machine}, on the emulation's thread. */
    public Debugger(Machine machine) {
        present = new DebuggedMachine(machine);
    }

    /** Lets it go back in time, by a history that has not begun. */
    public void history(History newHistory) {
        history = Optional.of(newHistory);
    }

    /** What is to be done when it changes something of the machine, which the machine would not have done by itself. */
    public void onChange(Runnable action) {
        onChange = action;
    }

    /** What it debugs. */
    public Machine present() {
        return present.machine();
    }

    /** What it looks at: {@link #present}, or a machine that is as that was once. */
    public Machine machine() {
        return shown().machine();
    }

    private DebuggedMachine shown() {
        return inPast() ? history.orElseThrow().pastMachine() : present;
    }

    /** Whether it looks at the past, where nothing can be changed. */
    public boolean inPast() {
        return history.isPresent() && history.get().inPast();
    }

    /** History begins here, if it has not begun. */
    public void remember() {
        history.ifPresent(History::begin);
    }

    /** Whether it can go back in time. */
    public boolean remembers() {
        return history.isPresent();
    }

    private CpuEngine engine() {
        return machine().engine();
    }

    private Bus bus() {
        return machine().bus();
    }

    /** Where the core is to halt. */
    public DebugPoints points() {
        return present().core().points();
    }

    /** What was watched where the core has halted before, or behind, an access. */
    public DebugPoints.Watch watch() {
        return machine().core().points().watch();
    }

    /** Whether the core is locked up. */
    public boolean lockedUp() {
        return machine().core().lockedUp();
    }

    /** Lets the machine run until {@code time}, in picoseconds since reset, until it halts or ends. */
    public Outcome go(long time) {
        if (inPast()) {
            Optional<Outcome> halt = history.get().go();
            if (halt.isPresent()) {
                return halt.get();
            }
            present.arrive();
        } else {
            present.resume();
        }
        return history.isPresent() ? goRemembering(history.get(), time) : present.run(time, Long.MAX_VALUE);
    }

    private Outcome goRemembering(History past, long time) {
        Outcome outcome = present.run(time, past.nextSnapshot());
        while (outcome instanceof Outcome.TimeReached && present().now() < time) {
            past.take();
            outcome = present.run(time, past.nextSnapshot());
        }
        return outcome;
    }

    /** Executes one instruction, or takes the exception that is pending. */
    public Outcome step(long time) {
        if (inPast()) {
            Optional<Outcome> step = history.get().step();
            if (step.isPresent()) {
                return step.get();
            }
            present.arrive();
        }
        Outcome outcome = present.step(time);
        history.filter(past -> present().engine().cycles() >= past.nextSnapshot())
                .ifPresent(History::take);
        return outcome;
    }

    /** Undoes one {@link #step}, or says that history begins here. */
    public Outcome stepBack() {
        return history.<Outcome>map(History::stepBack).orElseGet(Outcome.HistoryBegins::new);
    }

    /**
     * Goes back to where the core would have halted last: before the instruction at a breakpoint, behind an access that is watched; or
     * to where history begins.
     */
    public Outcome goBack() {
        return history.<Outcome>map(History::goBack).orElseGet(Outcome.HistoryBegins::new);
    }

    /** The debugger goes: the machine goes on where it is, and what was remembered is forgotten. */
    public void leave() {
        history.ifPresent(History::forget);
    }

    /** What comes now is no longer what has been: the past cannot lead here. */
    private void change() {
        onChange.run();
        history.ifPresent(History::forget);
    }

    /** The value of a register. */
    public int get(Reg register) {
        return engine().get(register);
    }

    /** Writes a register; what runs, thread or handler, stays. Not in the past. */
    public void set(Reg register, int value) {
        change();
        CpuEngine engine = engine();
        if (register == Reg.XPSR) {
            int exception = engine.get(Reg.XPSR) & 0x1FF;
            engine.set(Reg.XPSR, value & ~0x1FF | exception);
        } else {
            engine.set(register, value);
        }
        if (register == Reg.PC) {
            present.moved();
        }
    }

    /** Resets chip and core; halted before the first instruction. Not in the past. */
    public void reset() {
        change();
        present.moved();
        present().reset(Machine.ResetKind.SYSTEM_REQUEST);
    }

    /** The machine is about to become what it was at another time: it did not halt there, and the past does not lead there. */
    public void restoring() {
        change();
        present.moved();
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
        Region region = bus().at(address).orElse(null);
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
        long value = bus().peek(address, width);
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

    /** Writes octets from {@code address} on, flash memory included; the result is how many, up to where there is nothing. Not in the past. */
    public int write(int address, byte[] octets) {
        change();
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
        Region region = bus().at(address).orElse(null);
        if (region == null) {
            return 0;
        }
        int left = from.length - at;
        if (region instanceof Region.Memory memory) {
            int length = (int) Math.min(left, memory.size() - Integer.toUnsignedLong(address - memory.base()));
            memory.ram().write(memory.at(address), from, at, length);
            bus().changed(memory.ram(), memory.at(address), length);
            return length;
        }
        int width = width(address, left);
        int value = 0;
        for (int i = 0; i < width; i++) {
            value |= (from[at + i] & 0xFF) << 8 * i;
        }
        bus().write(address, width, value);
        return width;
    }
}

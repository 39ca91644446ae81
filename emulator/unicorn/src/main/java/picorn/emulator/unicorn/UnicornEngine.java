// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import java.util.Set;
import picorn.emulator.cpu.Context;
import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Limit;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Ram;
import picorn.emulator.cpu.Reg;
import picorn.emulator.cpu.Stop;
import picorn.emulator.cpu.Stop.Reason;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/**
 * The Cortex-M4 by Unicorn 2.0. Most of a run is one start of Unicorn; the last few instructions are gone through with a look at
 * the code ahead, so that the run ends exactly also where an IT block stands.
 */
final class UnicornEngine implements CpuEngine {
    static final String NAME = "unicorn";

    private static final int GRANULE = 1024;
    private static final int LOOK_AHEAD = 4;
    private static final Reg[] ALL = Reg.values();
    private static final Reg[] MODE = {Reg.XPSR, Reg.CONTROL, Reg.MSP, Reg.PSP};
    private static final Reg[] MASKS = {Reg.PRIMASK, Reg.BASEPRI, Reg.FAULTMASK};
    private static final Set<Limit> LIMITS = Set.of(
            Limit.DIVIDE_BY_ZERO_NOT_TRAPPED,
            Limit.FP_ALWAYS_ENABLED,
            Limit.UNALIGNED_NOT_TRAPPED,
            Limit.PROTECTION_OF_MEMORY_UNSEEN,
            Limit.EXECUTE_NEVER_FIXED,
            Limit.ALIASED_CODE_WRITES_UNSEEN,
            Limit.WATCHED_CODE_LOADS_UNSEEN,
            Limit.SEV_UNSEEN,
            Limit.HOST_SPECIFIC);

    private final Stop stop = new Stop();
    private final Core core;
    private final RegisterFile registers;
    private final AddressMap map;
    private final CodeAhead ahead;
    private final Masks masks;
    private final SavedContext context;
    private final ExclusiveMonitor monitor;
    private boolean requested;
    private boolean unmasking;
    private boolean closed;

    UnicornEngine(NativeUnicorn unicorn, CpuBus bus) {
        core = new Core(unicorn, bus, stop);
        registers = core.registers;
        map = core.map;
        ahead = new CodeAhead(map);
        masks = new Masks(registers);
        context = new SavedContext(core.emulation.uc);
        monitor = new ExclusiveMonitor(unicorn.exclusiveLayout(), context);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Limit> limits() {
        return LIMITS;
    }

    @Override
    public Ram allocate(int bytes) {
        if (bytes <= 0 || bytes % GRANULE != 0) {
            throw new IllegalArgumentException("%d octets are not a multiple of %d".formatted(bytes, GRANULE));
        }
        return new NativeRam(bytes);
    }

    @Override
    public void map(int base, Ram ram, int offset, int size, Mapping mapping) {
        NativeRam memory = own(ram);
        requireGranular(base | offset | size);
        if (offset < 0 || size <= 0 || offset > ram.size() - size) {
            throw new IllegalArgumentException(
                    "%d octets from %d on are not in memory of %d".formatted(size, offset, ram.size()));
        }
        map.map(new Segment(base & 0xffff_ffffL, size, memory, offset, mapping));
        remapped();
    }

    @Override
    public void unmap(int base, int size) {
        requireGranular(base | size);
        map.unmap(base & 0xffff_ffffL, size & 0xffff_ffffL);
        remapped();
    }

    private void remapped() {
        if (core.accesses.active()) {
            core.endBy(cycles());
        }
    }

    private static void requireGranular(int value) {
        if (value % GRANULE != 0) {
            throw new IllegalArgumentException("base, offset and size must be multiples of " + GRANULE);
        }
    }

    private static NativeRam own(Ram ram) {
        if (ram instanceof NativeRam memory) {
            return memory;
        }
        throw new IllegalArgumentException("memory of another engine");
    }

    @Override
    public void changed(Ram ram, int from, int size) {
        map.forget(own(ram), from, size);
    }

    @Override
    public Stop run(long untilCycle) {
        core.deadline(untilCycle);
        requested = false;
        boolean first = core.breakpoints.at(core.pc());
        while (core.cycles() < core.deadline() || !atRest()) {
            map.apply();
            if (first ? pastBreakpoint() : advance()) {
                return stop;
            }
            if (core.breakpoints.at(core.pc())) {
                return stop.set(Reason.BREAKPOINT, 0);
            }
            first = false;
        }
        return stop.set(requested ? Reason.REQUESTED : Reason.DEADLINE, 0);
    }

    /** Whether the next instruction takes a cycle: one whose condition fails does not, and is passed over before the run ends. */
    private boolean atRest() {
        int itState = Thumb.itState(core.xpsr());
        return itState == 0 || Thumb.holds(itState >> 4, core.xpsr());
    }

    private boolean pastBreakpoint() {
        int address = core.pc();
        core.breakpoints.remove(address);
        try {
            return advanceCarefully(1);
        } finally {
            core.breakpoints.add(address);
        }
    }

    /** Executes some instructions; returns whether there is a reason to stop. */
    private boolean advance() {
        long left = core.deadline() - core.cycles();
        if (left > Emulation.OVERRUN && !unmasking) {
            return core.start(left - Emulation.OVERRUN);
        }
        return advanceCarefully(left);
    }

    /** The same, without Unicorn seeing an IT block longer than one instruction. */
    private boolean advanceCarefully(long left) {
        int itState = Thumb.itState(core.xpsr());
        if (itState != 0) {
            return advanceInBlock(itState);
        }
        int instructions = unmasking
                ? ahead.straight(core.pc(), left)
                : ahead.withoutIt(core.pc(), (int) Math.min(left, LOOK_AHEAD));
        if (instructions == 0) {
            return enterBlock();
        }
        if (!unmasking || !ahead.writesMasks()) {
            return core.start(instructions);
        }
        masks.note();
        return core.start(instructions) || unmasked();
    }

    private boolean enterBlock() {
        int it = map.code(core.pc());
        core.pc(core.pc() + 2);
        core.itState(it & 0xff);
        core.cycles(core.cycles() + 1);
        return false;
    }

    private boolean advanceInBlock(int itState) {
        int first = map.code(core.pc());
        if (Thumb.holds(itState >> 4, core.xpsr())) {
            return passInBlock();
        }
        core.pc(core.pc() + Thumb.length(first));
        core.itState(Thumb.advance(itState));
        return false;
    }

    private boolean passInBlock() {
        if (!unmasking) {
            return core.startOne();
        }
        masks.note();
        return core.startOne() || unmasked();
    }

    private boolean unmasked() {
        if (masks.lowered()) {
            stop.set(Reason.UNMASKED, 0);
            return true;
        }
        return false;
    }

    @Override
    public long cycles() {
        return core.cycles();
    }

    @Override
    public int pc() {
        return core.pc();
    }

    @Override
    public boolean privileged() {
        return registers.privileged();
    }

    @Override
    public void stopBy(long cycle) {
        long end = Math.max(cycle, core.cycles() + 1);
        if (core.accesses.active() && end < core.deadline()) {
            core.deadline(end);
            requested = true;
            core.endBy(end);
        }
    }

    @Override
    public int get(Reg register) {
        return register == Reg.PC ? core.pc() : registers.get(register);
    }

    @Override
    public void set(Reg register, int value) {
        if (register == Reg.PC) {
            core.pc(value);
        } else {
            registers.set(register, value);
            core.registersChanged();
        }
    }

    @Override
    public void get(Reg[] wanted, int[] values) {
        registers.get(wanted, values);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i] == Reg.PC) {
                values[i] = core.pc();
            }
        }
    }

    @Override
    public void getMode(int[] values) {
        registers.get(MODE, values);
    }

    @Override
    public void getMasks(int[] values) {
        registers.get(MASKS, values);
    }

    @Override
    public void enterMode(int xpsr, int control, int msp, int psp) {
        registers.enterMode(xpsr, control, msp, psp);
        core.registersChanged();
    }

    @Override
    public void clearExclusive() {
        monitor.clear();
    }

    @Override
    public void context(Context newContext) {
        core.accesses.protection(newContext.protection());
    }

    @Override
    public void reportUnmasking() {
        if (!unmasking && core.accesses.active()) {
            core.endBy(cycles());
        }
        unmasking = true;
    }

    @Override
    public void ignoreUnmasking() {
        unmasking = false;
    }

    @Override
    public void setBreakpoint(int address) {
        core.breakpoints.add(address & ~1);
    }

    @Override
    public void clearBreakpoint(int address) {
        core.breakpoints.remove(address & ~1);
    }

    @Override
    public void watch(int base, int size) {
        requireGranular(base | size);
        map.watch(base & 0xffff_ffffL, size & 0xffff_ffffL);
    }

    @Override
    public void unwatch(int base, int size) {
        requireGranular(base | size);
        map.unwatch(base & 0xffff_ffffL, size & 0xffff_ffffL);
    }

    @Override
    public void save(StateWriter out) {
        int[] values = new int[ALL.length];
        get(ALL, values);
        out.int32s(values);
        out.int64(core.cycles());
        monitor.save(out);
    }

    @Override
    public void load(StateReader in) {
        int[] values = new int[ALL.length];
        in.int32s(values);
        enterMode(
                values[Reg.XPSR.ordinal()],
                values[Reg.CONTROL.ordinal()],
                values[Reg.MSP.ordinal()],
                values[Reg.PSP.ordinal()]);
        for (Reg register : ALL) {
            if (register != Reg.XPSR && register != Reg.CONTROL) {
                set(register, values[register.ordinal()]);
            }
        }
        core.cycles(in.int64());
        monitor.load(in);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            context.close();
            core.close();
        }
    }
}

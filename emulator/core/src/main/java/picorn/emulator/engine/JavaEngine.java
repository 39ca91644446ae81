// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.Set;
import picorn.emulator.cpu.Context;
import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Limit;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Ram;
import picorn.emulator.cpu.Reg;
import picorn.emulator.cpu.SavedMonitor;
import picorn.emulator.cpu.Stop;
import picorn.emulator.cpu.Stop.Reason;
import picorn.emulator.cpu.Translation;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** The exact Cortex-M4: every instruction of ARMv7E-M and FPv4-SP, interpreted, and translated to bytecode where it is hot. */
class JavaEngine implements CpuEngine {
    static final String NAME = "java";

    private static final Reg[] ALL = Reg.values();

    private final Core core;
    private final AddressMap map;
    private final RegisterFile registers;
    private final Breakpoints breakpoints = new Breakpoints();
    private final Interpreter interpreter;
    private final Translator translator;
    private boolean running;
    private boolean requested;

    /** Makes the interpreter of an engine. */
    @FunctionalInterface
    interface Interpreting {
        Interpreter of(Core core, Decoder decoder, Translator translator);
    }

    JavaEngine(CpuBus bus, Translation translation) {
        this(new Core(core -> new Memory(core, bus)), translation, Interpreter::new);
    }

    /** One around {@code core}. */
    JavaEngine(Core core, Translation translation, Interpreting interpreting) {
        this.core = core;
        map = core.memory.map;
        registers = new RegisterFile(core);
        Decoder decoder = new Decoder(core, breakpoints);
        translator = new Translator(core, decoder, translation);
        interpreter = interpreting.of(core, decoder, translator);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Limit> limits() {
        return Set.of();
    }

    @Override
    public Ram allocate(int bytes) {
        if (bytes <= 0 || bytes % Page.SIZE != 0) {
            throw new IllegalArgumentException("%d octets are not a multiple of %d".formatted(bytes, Page.SIZE));
        }
        return new HeapRam(bytes);
    }

    @Override
    public void map(int base, Ram ram, int offset, int size, Mapping mapping) {
        HeapRam memory = own(ram);
        requirePages(base | offset | size);
        if (offset < 0 || size <= 0 || offset > ram.size() - size) {
            throw new IllegalArgumentException(
                    "%d octets from %d on are not in memory of %d".formatted(size, offset, ram.size()));
        }
        map.map(base, memory, offset, size, mapping);
        mapChanged();
    }

    @Override
    public void unmap(int base, int size) {
        requirePages(base | size);
        map.unmap(base, size);
        mapChanged();
    }

    private void mapChanged() {
        interpreter.forgetPage();
        translator.mapChanged();
    }

    private static void requirePages(int value) {
        if ((value & Page.MASK) != 0) {
            throw new IllegalArgumentException("base, offset and size must be multiples of " + Page.SIZE);
        }
    }

    private static HeapRam own(Ram ram) {
        if (ram instanceof HeapRam memory) {
            return memory;
        }
        throw new IllegalArgumentException("memory of another engine");
    }

    @Override
    public void changed(Ram ram, int from, int size) {
        map.dropCode(own(ram), from, size);
    }

    @Override
    public Stop run(long untilCycle) {
        core.limit = untilCycle;
        core.event = Reason.DEADLINE;
        requested = false;
        running = true;
        translator.beginRun();
        try {
            long start = core.cycles;
            if (start < untilCycle && breakpoints.at(core.pc)) {
                interpreter.stepPastBreakpoint();
            }
            interpreter.run();
            return ended(start);
        } catch (Abort abort) {
            return core.stop;
        } finally {
            running = false;
        }
    }

    private Stop ended(long start) {
        if (core.event != Reason.DEADLINE) {
            return core.stop.set(core.event, core.eventValue);
        }
        if (core.cycles != start && breakpoints.at(core.pc)) {
            return core.stop.set(Reason.BREAKPOINT, 0);
        }
        return core.stop.set(requested ? Reason.REQUESTED : Reason.DEADLINE, 0);
    }

    @Override
    public long cycles() {
        return core.cycles;
    }

    @Override
    public int pc() {
        return core.pc;
    }

    @Override
    public boolean privileged() {
        return core.memory.privileged();
    }

    @Override
    public void stopBy(long cycle) {
        long end = Math.max(cycle, core.cycles + 1);
        if (running && end < core.limit) {
            core.limit = end;
            requested = true;
        }
    }

    @Override
    public int get(Reg register) {
        return registers.get(register);
    }

    @Override
    public void set(Reg register, int value) {
        registers.set(register, value);
        interpreter.forgetPage();
    }

    @Override
    public void getMode(int[] values) {
        values[0] = core.xpsr();
        values[1] = core.control;
        values[2] = core.msp();
        values[3] = core.psp();
    }

    @Override
    public void getMasks(int[] values) {
        values[0] = core.primask;
        values[1] = core.basepri;
        values[2] = core.faultmask;
    }

    @Override
    public void enterMode(int xpsr, int control, int msp, int psp) {
        core.enterMode(xpsr, control, msp, psp);
        interpreter.forgetPage();
    }

    @Override
    public void clearExclusive() {
        core.exclusive = false;
    }

    @Override
    public void context(Context context) {
        core.context(context);
        interpreter.forgetPage();
        core.slice.leave(); // translated code does not ask the MPU
    }

    @Override
    public void reportUnmasking() {
        core.reportsUnmasking = true;
    }

    @Override
    public void ignoreUnmasking() {
        core.reportsUnmasking = false;
    }

    @Override
    public void setBreakpoint(int address) {
        breakpoints.add(address & ~1);
        map.drop(address & ~1);
    }

    @Override
    public void clearBreakpoint(int address) {
        breakpoints.remove(address & ~1);
        map.drop(address & ~1);
    }

    @Override
    public void watch(int base, int size) {
        requirePages(base | size);
        for (int done = 0; done < size; done += Page.SIZE) {
            map.watch(base + done);
        }
        mapChanged();
    }

    @Override
    public void unwatch(int base, int size) {
        requirePages(base | size);
        for (int done = 0; done < size; done += Page.SIZE) {
            map.unwatch(base + done);
        }
        mapChanged();
    }

    @Override
    public void save(StateWriter out) {
        int[] values = new int[ALL.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = get(ALL[i]);
        }
        out.int32s(values);
        out.int64(core.cycles);
        SavedMonitor.of(core.exclusive).save(out);
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
        core.cycles = in.int64();
        core.exclusive = SavedMonitor.load(in).exclusive();
    }

    @Override
    public void close() {
        // memory is the garbage collector's
    }
}

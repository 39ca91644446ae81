// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picorn.emulator.cpu.Access;
import picorn.emulator.cpu.Context;
import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.Limit;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Ram;
import picorn.emulator.cpu.Reg;
import picorn.emulator.cpu.Stop;
import picorn.emulator.engine.JavaProvider;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/**
 * An engine whose instructions are Java: each address holds a script of what the instruction there does, a NOP where there is none.
 * It keeps the boundary's contract strictly, and fails when the core around it does not.
 */
final class ScriptedEngine implements CpuEngine {
    private static final int T = 1 << 24;
    private static final int FPCA = 4;
    private static final int SPSEL = 2;
    private static final int NPRIV = 1;
    private static final Set<Reg> MASKS = EnumSet.of(Reg.PRIMASK, Reg.BASEPRI, Reg.FAULTMASK);

    /** What an instruction does, by the methods of the engine that stand for operations. */
    @FunctionalInterface
    interface Instruction {
        void execute(ScriptedEngine engine);
    }

    private record Mapped(int base, int size, Ram ram, int offset, Mapping mapping) {
        boolean contains(int address) {
            return Integer.compareUnsigned(address - base, size) < 0;
        }
    }

    /** Leaves the instruction in the middle: it does not complete. */
    private static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Abandoned() {
            super(null, null, false, false);
        }
    }

    private final BitSet watched = new BitSet();
    private final CpuBus bus;
    private final Set<Limit> limits;
    private final int[] values = new int[Reg.values().length];
    private final List<Mapped> mapped = new ArrayList<>();
    private final Map<Integer, Instruction> code = new HashMap<>();
    private final Set<Integer> breakpoints = new HashSet<>();
    private final CpuEngine memories = new JavaProvider().create(new CoreBus());
    private final Stop stop = new Stop();
    private Context context = Context.RESET;
    private boolean exclusive;
    private boolean reportUnmasking;
    private boolean running;
    private boolean onBus;
    private boolean stops;
    private long cycles;
    private long limit;
    private int next;
    private int contexts;

    ScriptedEngine(CpuBus bus, Set<Limit> limits) {
        this.bus = bus;
        this.limits = limits;
    }

    static EngineProvider provider(Limit... limits) {
        return new EngineProvider() {
            @Override
            public String name() {
                return "scripted";
            }

            @Override
            public CpuEngine create(CpuBus bus) {
                return new ScriptedEngine(bus, Set.of(limits));
            }
        };
    }

    /** Puts instructions of two octets each at {@code address} and behind it. */
    void code(int address, Instruction... instructions) {
        for (int i = 0; i < instructions.length; i++) {
            code.put(address + 2 * i, instructions[i]);
        }
    }

    // What instructions do.

    int reg(Reg register) {
        return read(register);
    }

    void reg(Reg register, int value) {
        write(register, value);
    }

    int load(int address, int width) {
        Mapped memory = find(address);
        if (memory != null) {
            check(address, Access.READ, Stop.Fault.READ_PROTECTION);
            return width == 1 ? memory.ram.get8(at(memory, address)) : memory.ram.get32(at(memory, address));
        }
        onBus = true;
        long value = bus.read(address, width);
        onBus = false;
        if (value >= CpuBus.FAULT) {
            fault(Stop.Fault.READ, address);
        }
        return (int) value;
    }

    void store(int address, int width, int value) {
        Mapped memory = find(address);
        if (memory != null && memory.mapping != Mapping.READ_EXECUTE) {
            check(address, Access.WRITE, Stop.Fault.WRITE_PROTECTION);
            memory.ram.put32(at(memory, address), value);
            return;
        }
        onBus = true;
        boolean done = bus.write(address, width, value);
        onBus = false;
        if (!done) {
            fault(Stop.Fault.WRITE, address);
        }
    }

    private void check(int address, Access access, Stop.Fault fault) {
        if (!limits.contains(Limit.PROTECTION_OF_MEMORY_UNSEEN)
                && !context.protection().allows(address, access, privileged())) {
            fault(fault, address);
        }
    }

    void branch(int address) {
        if (inHandler() && address >>> 28 == 0xF) {
            stopAfter(Stop.Reason.EXCEPTION_RETURN, address);
        }
        values[Reg.XPSR.ordinal()] = read(Reg.XPSR) & ~T | (address & 1) << 24;
        next = address & ~1;
    }

    void useFloatingPoint() {
        if (!limits.contains(Limit.FP_ALWAYS_ENABLED)
                && (context.fp() == Context.Fp.DENIED
                        || context.fp() == Context.Fp.LAZY
                        || context.fp() == Context.Fp.PRIVILEGED && !privileged())) {
            fault(Stop.Fault.NO_COPROCESSOR, 0);
        }
        if (context.fpBeginsContext() || limits.contains(Limit.FP_ALWAYS_ENABLED)) {
            values[Reg.CONTROL.ordinal()] |= FPCA;
        }
    }

    void mask(Reg register, int value) {
        boolean lowered = value == 0 || register == Reg.BASEPRI && value > read(register) && read(register) != 0;
        write(register, value);
        if (lowered && reportUnmasking) {
            stopAfter(Stop.Reason.UNMASKED, 0);
        }
    }

    void claimExclusive() {
        exclusive = true;
    }

    void stopAfter(Stop.Reason reason, int value) {
        stop.set(reason, value);
        stops = true;
    }

    void stopAt(Stop.Reason reason, int value) {
        stop.set(reason, value);
        throw new Abandoned();
    }

    void fault(Stop.Fault fault, int address) {
        stop.setFault(fault, address);
        throw new Abandoned();
    }

    // What tests look at.

    Context context() {
        return context;
    }

    /** How often the context was told. */
    int contexts() {
        return contexts;
    }

    boolean exclusiveIsClaimed() {
        return exclusive;
    }

    boolean reportsUnmasking() {
        return reportUnmasking;
    }

    boolean isExecutable(int address) {
        Mapped memory = find(address);
        return memory != null && memory.mapping != Mapping.READ_WRITE;
    }

    // The boundary.

    @Override
    public Stop run(long untilCycle) {
        limit = untilCycle;
        running = true;
        try {
            boolean first = true;
            while (cycles < limit) {
                if (!first && breakpoints.contains(pc())) {
                    return stop.set(Stop.Reason.BREAKPOINT, 0);
                }
                first = false;
                if (executeOne()) {
                    return stop;
                }
            }
            return stop.set(limit < untilCycle ? Stop.Reason.REQUESTED : Stop.Reason.DEADLINE, 0);
        } finally {
            running = false;
        }
    }

    private boolean executeOne() {
        stops = false;
        next = pc() + 2;
        try {
            fetch();
            code.getOrDefault(pc(), engine -> {}).execute(this);
        } catch (Abandoned abandoned) {
            return true;
        } finally {
            onBus = false;
        }
        cycles++;
        values[Reg.PC.ordinal()] = next;
        return stops;
    }

    private void fetch() {
        if ((read(Reg.XPSR) & T) == 0) {
            fault(Stop.Fault.INVALID_STATE, pc());
        }
        if (!isExecutable(pc())) {
            fault(Stop.Fault.FETCH, pc());
        }
        check(pc(), Access.FETCH, Stop.Fault.FETCH_PROTECTION);
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public Set<Limit> limits() {
        return limits;
    }

    @Override
    public Ram allocate(int bytes) {
        return memories.allocate(bytes);
    }

    @Override
    public void map(int base, Ram ram, int offset, int size, Mapping mapping) {
        unmap(base, size);
        mapped.add(new Mapped(base, size, ram, offset, mapping));
    }

    @Override
    public void unmap(int base, int size) {
        mapped.removeIf(memory -> memory.base == base && memory.size == size);
    }

    private Mapped find(int address) {
        return mapped.stream()
                .filter(memory -> memory.contains(address))
                .findFirst()
                .orElse(null);
    }

    private static int at(Mapped memory, int address) {
        return address - memory.base + memory.offset;
    }

    @Override
    public void changed(Ram ram, int from, int size) {}

    @Override
    public long cycles() {
        return cycles;
    }

    @Override
    public int pc() {
        return values[Reg.PC.ordinal()];
    }

    @Override
    public boolean privileged() {
        return inHandler() || (values[Reg.CONTROL.ordinal()] & NPRIV) == 0;
    }

    private boolean inHandler() {
        return (values[Reg.XPSR.ordinal()] & 0x1FF) != 0;
    }

    @Override
    public void stopBy(long cycle) {
        if (running) {
            limit = Math.min(limit, Math.max(cycle, cycles + 1));
        }
    }

    @Override
    public int get(Reg register) {
        if (onBus && !MASKS.contains(register) || running && !onBus) {
            throw new IllegalStateException(register + " is read inside a run");
        }
        return read(register);
    }

    @Override
    public void set(Reg register, int value) {
        betweenRuns();
        write(register, value);
    }

    private void betweenRuns() {
        if (running) {
            throw new IllegalStateException("the core is changed inside a run");
        }
    }

    private Reg banked(Reg register) {
        return register != Reg.SP ? register : (read(Reg.CONTROL) & SPSEL) != 0 ? Reg.PSP : Reg.MSP;
    }

    private int read(Reg register) {
        return values[banked(register).ordinal()];
    }

    private void write(Reg register, int value) {
        int stored =
                switch (register) {
                    case SP, MSP, PSP -> value & ~3;
                    case CONTROL -> inHandler() ? value & ~SPSEL : value;
                    default -> value;
                };
        values[banked(register).ordinal()] = stored;
    }

    @Override
    public void getMode(int[] values) {
        get(new Reg[] {Reg.XPSR, Reg.CONTROL, Reg.MSP, Reg.PSP}, values);
    }

    @Override
    public void getMasks(int[] values) {
        get(new Reg[] {Reg.PRIMASK, Reg.BASEPRI, Reg.FAULTMASK}, values);
    }

    @Override
    public void enterMode(int xpsr, int control, int msp, int psp) {
        betweenRuns();
        write(Reg.XPSR, xpsr);
        write(Reg.CONTROL, control);
        write(Reg.MSP, msp);
        write(Reg.PSP, psp);
    }

    @Override
    public void clearExclusive() {
        exclusive = false;
    }

    @Override
    public void context(Context newContext) {
        betweenRuns();
        context = newContext;
        contexts++;
    }

    @Override
    public void reportUnmasking() {
        reportUnmasking = true;
    }

    @Override
    public void ignoreUnmasking() {
        reportUnmasking = false;
    }

    @Override
    public void setBreakpoint(int address) {
        breakpoints.add(address);
    }

    @Override
    public void clearBreakpoint(int address) {
        breakpoints.remove(address);
    }

    @Override
    public void watch(int base, int size) {
        watched.set(base >>> 10, base + size >>> 10); // its instructions have no other way to data than the bus
    }

    @Override
    public void unwatch(int base, int size) {
        watched.clear(base >>> 10, base + size >>> 10);
    }

    boolean isWatched(int address) {
        return watched.get(address >>> 10);
    }

    @Override
    public void save(StateWriter out) {
        out.int32s(values);
        out.int64(cycles);
        out.flag(exclusive);
    }

    @Override
    public void load(StateReader in) {
        in.int32s(values);
        cycles = in.int64();
        exclusive = in.flag();
    }

    @Override
    public void close() {}
}

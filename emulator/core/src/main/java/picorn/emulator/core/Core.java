// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.core.ExceptionNumber.DEBUG_MONITOR;
import static picorn.emulator.core.ExceptionNumber.HARD_FAULT;
import static picorn.emulator.core.ExceptionNumber.NONE;
import static picorn.emulator.core.ExceptionNumber.SVCALL;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picorn.emulator.bus.Bus;
import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Reg;
import picorn.emulator.cpu.Stop;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.report.Findings;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.EventQueue;

/** A Cortex-M4 with its NVIC, SysTick, MPU, FPU and debug units around an engine (Cortex-M4 TRM). */
public final class Core implements Saved {
    private static final int PPB = 0xE000_0000;
    private static final int XPSR_T = 1 << 24;

    /** Why the core does not execute instructions. */
    public enum Sleep {
        /** It does. */
        AWAKE,
        /** WFI, or SLEEPONEXIT. */
        WFI,
        WFE
    }

    /** Whether a debugger is to see where the core is. */
    public enum Halt {
        /** No. */
        NONE,
        /** It is before an instruction with a breakpoint. */
        BREAKPOINT,
        /** It is before an access that is watched. */
        WATCHPOINT,
        /** It is at a BKPT. */
        BKPT
    }

    private final CpuEngine engine;
    private final Bus bus;
    private final CoreBus coreBus;
    private final DebugPoints points;
    private final Exceptions exceptions;
    private final ExecutionPriority priority;
    private final CoreListener listener;
    private final SystemControlBlock scb;
    private final DebugControl debug;
    private final List<RegisterBlock> blocks;
    private final Stacking stacking;
    private final EngineContext context;
    private final ExceptionModel model;
    private final FaultHandling faults;
    private Sleep sleep = Sleep.AWAKE;
    private final StackGuard guard;
    private final Execution execution;
    private final InterruptStorm storm;
    private boolean unmaskingReported;

    /**
     * Assembles it and attaches its private peripherals to {@code bus}.
     *
     * @param coreBus what the engine was made with
     * @param clocks what the chip's clock tree feeds it
     */
    public Core(
            CoreConfiguration configuration,
            CpuEngine engine,
            CoreBus coreBus,
            Bus bus,
            CoreClocks clocks,
            EventQueue events,
            Findings findings,
            CoreListener listener) {
        this.engine = engine;
        this.bus = bus;
        this.coreBus = coreBus;
        this.listener = listener;
        points = new DebugPoints(engine);
        exceptions = new Exceptions(configuration.interrupts(), configuration.priorityBits());
        priority = new ExecutionPriority(engine, exceptions);
        scb = new SystemControlBlock(exceptions, new ScbHost());
        debug = new DebugControl(exceptions);
        Mpu mpu = new Mpu(this::contextChanged);
        FloatingPointUnit fpu = new FloatingPointUnit(exceptions, debug, this::contextChanged);
        context = new EngineContext(engine, bus, coreBus, scb, mpu, fpu, exceptions, priority);
        guard = new StackGuard(engine, points, findings);
        execution = new Execution(engine, guard);
        storm = new InterruptStorm(engine, exceptions, findings);
        exceptions.observe(storm);
        stacking = new Stacking(engine, coreBus, scb, mpu, fpu, guard);
        ExceptionLatency latency = new ExceptionLatency(engine, listener);
        model = new ExceptionModel(engine, bus, exceptions, priority, scb, fpu, stacking, context, latency);
        faults = new FaultHandling(engine, coreBus, scb, fpu, context, model);
        Nvic nvic = new Nvic(exceptions);
        SysTick sysTick = new SysTick(
                exceptions, clocks.hclk(), clocks.sysTickExternal(), configuration.tenMilliseconds(), events);
        List<RegisterBlock> systemControlSpace = List.of(nvic, sysTick, scb, mpu, fpu, debug);
        bus.attach(SystemControlSpace.BASE, SystemControlSpace.SIZE, new SystemControlSpace(systemControlSpace));
        blocks = new ArrayList<>(systemControlSpace);
        attachTrace(bus);
        blocks.forEach(block -> block.reportTo(findings));
        exceptions.attention(new PendingAttention());
        coreBus.connect(engine, bus, scb, points, guard, new BusFaults());
    }

    /** DWT, FPB, ITM and TPIU, where the Cortex-M4 has them. */
    private void attachTrace(Bus bus) {
        Itm itm = new Itm(debug.trcEna::isSet, engine::privileged, listener::traced);
        Dwt dwt = new Dwt(debug.trcEna::isSet, engine::cycles);
        FlashPatch flashPatch = new FlashPatch();
        TracePort tracePort = new TracePort();
        debug.onChange(dwt::update);
        bus.attach(PPB, 0x100, itm.ports());
        bus.attach(PPB + 0xE00, 0x200, itm.control());
        bus.attach(PPB + 0x1000, 0x1000, dwt);
        bus.attach(PPB + 0x2000, 0x1000, flashPatch);
        bus.attach(PPB + 0x4_0000, 0x1000, tracePort);
        blocks.addAll(List.of(dwt, itm.control(), flashPatch, tracePort));
    }

    private void contextChanged() {
        context.changed();
    }

    /** The exceptions, for whoever raises interrupts. */
    public Exceptions exceptions() {
        return exceptions;
    }

    /** All register blocks of the core. */
    public List<RegisterBlock> blocks() {
        return List.copyOf(blocks);
    }

    /** Where a debugger wants it to halt. */
    public DebugPoints points() {
        return points;
    }

    /** Whether and why it sleeps. */
    public Sleep sleep() {
        return sleep;
    }

    /** Whether it has locked up: only a reset helps. */
    public boolean lockedUp() {
        return model.lockedUp();
    }

    /** Exceptions taken since the machine was made. */
    public long exceptionsTaken() {
        return model.taken();
    }

    /** The number of the exception whose handler runs, 0 in thread mode. */
    public int currentException() {
        return model.current();
    }

    /** Tells one listener of each fault as it comes, its status registers set. */
    public void onFault(Consumer<FaultPlace> listener) {
        model.history().onFault(listener);
    }

    /** Where faults came last since reset, at most four places, the latest at the end. */
    public List<FaultPlace> lastFaults() {
        return model.history().last();
    }

    /** Sets the event register, as an event from outside the core does: it ends a WFE. */
    public void setEvent() {
        model.setEvent();
    }

    /** The fault status registers as they are. */
    public FaultStatus faultStatus() {
        return new FaultStatus(scb.cfsr(), scb.hfsr(), scb.dfsr(), scb.mmfar(), scb.bfar());
    }

    /** Resets registers and private peripherals and starts at the vector table at 0 (B1.5.5). */
    public void reset() {
        exceptions.reset();
        model.reset();
        blocks.forEach(RegisterBlock::reset);
        sleep = Sleep.AWAKE;
        engine.enterMode(XPSR_T, 0, 0, 0);
        for (Reg mask : List.of(Reg.PRIMASK, Reg.BASEPRI, Reg.FAULTMASK)) {
            engine.set(mask, 0);
        }
        engine.set(Reg.LR, -1);
        engine.set(Reg.FPSCR, 0);
        engine.clearExclusive();
        context.tellAnew();
        context.refresh();
        loadResetVector();
    }

    private void loadResetVector() {
        long stack = bus.read(0, 4);
        long entry = bus.read(4, 4);
        if (stack >= CpuBus.FAULT || entry >= CpuBus.FAULT) {
            scb.vecttbl.set();
            model.lockUp();
            return;
        }
        start((int) stack, (int) entry);
    }

    /** Goes on at {@code entry}, bit 0 of which is the T bit, with MSP at {@code stack}, in privileged thread mode. */
    public void start(int stack, int entry) {
        engine.enterMode((entry & 1) << 24, 0, stack & ~3, 0);
        engine.set(Reg.PC, entry & ~1);
    }

    /**
     * Takes what is pending, executes until {@code untilCycle} at most, and deals with why that ended. Does nothing while asleep or
     * locked up.
     */
    public Halt run(long untilCycle) {
        wake();
        if (sleep != Sleep.AWAKE || model.lockedUp()) {
            return Halt.NONE;
        }
        model.takePending();
        prepareRun();
        if (model.lockedUp()) {
            return Halt.NONE;
        }
        return points.haltsHere() ? Halt.BREAKPOINT : handle(execution.run(untilCycle));
    }

    /** Takes the exception that is pending, up to before its first instruction; or else executes one instruction. */
    public Halt step() {
        wake();
        if (sleep != Sleep.AWAKE || model.lockedUp()) {
            return Halt.NONE;
        }
        long before = model.taken();
        model.takePending();
        prepareRun();
        return model.lockedUp() || model.taken() != before ? Halt.NONE : handle(execution.run(engine.cycles() + 1));
    }

    /** From now on {@code observer} sees each instruction, which then is a run of the engine by itself. */
    public void observe(InstructionObserver observer) {
        execution.observe(observer);
    }

    /** The main stack is not to grow below {@code limit}: exception entry that finds it there reports it, once. */
    public void limitStack(int limit) {
        guard.limit(limit);
    }

    /**
     * From now on stores within a kilobyte below the limit of {@link #limitStack} are looked at too, so that the instruction that
     * overflows the stack is known. Accesses to that kilobyte are slow. Between runs only.
     */
    public void watchStackLimit() {
        guard.watch();
    }

    private void prepareRun() {
        stacking.applyDefaults();
        context.refresh();
        watchMasks();
    }

    /** Lowering a mask register must be seen while something waits for it. */
    private void watchMasks() {
        boolean watch = exceptions.highestPending() != NONE || context.waitsForFaultmask();
        if (watch != unmaskingReported) {
            unmaskingReported = watch;
            if (watch) {
                engine.reportUnmasking();
            } else {
                engine.ignoreUnmasking();
            }
        }
    }

    private Halt handle(Stop stop) {
        switch (stop.reason()) {
            case DEADLINE, REQUESTED -> {}
            case UNMASKED -> context.changed();
            case SVC -> model.raise(SVCALL);
            case BKPT -> {
                return breakpoint(stop.value());
            }
            case EXCEPTION_RETURN -> exceptionReturn(stop.value());
            case WFI -> sleep = Sleep.WFI;
            case WFE -> sleep = model.takeEvent() ? Sleep.AWAKE : Sleep.WFE;
            case SEV -> model.setEvent();
            case FAULT -> {
                return fault(stop);
            }
            case BREAKPOINT -> {
                return Halt.BREAKPOINT;
            }
        }
        return Halt.NONE;
    }

    private Halt fault(Stop stop) {
        if (isOfData(stop.fault()) && coreBus.refusal() == CoreBus.Refusal.WATCHPOINT) {
            points.halted();
            return Halt.WATCHPOINT;
        }
        faults.handle(stop);
        return Halt.NONE;
    }

    private static boolean isOfData(Stop.Fault fault) {
        return fault == Stop.Fault.READ || fault == Stop.Fault.WRITE;
    }

    private void exceptionReturn(int value) {
        if (model.exceptionReturn(value)) {
            storm.slept();
            sleep = Sleep.WFI;
        }
    }

    private Halt breakpoint(int immediate) {
        switch (listener.breakpoint(immediate)) {
            case DONE -> engine.set(Reg.PC, engine.pc() + 2);
            case LATER -> {}
            case NOT_MINE -> {
                if (points.onBkpt() == DebugPoints.OnBkpt.HALT) {
                    return Halt.BKPT;
                }
                unservedBreakpoint();
            }
        }
        return Halt.NONE;
    }

    /** Without a debugger a BKPT is a DebugMonitor exception or a HardFault (C1.5.3). */
    private void unservedBreakpoint() {
        scb.dfsrBkpt.set();
        if (debug.monEn.isSet() && exceptions.canPreempt(DEBUG_MONITOR, priority.current())) {
            model.raise(DEBUG_MONITOR);
        } else {
            scb.debugevt.set();
            model.raise(HARD_FAULT);
        }
    }

    private void wake() {
        boolean awake =
                switch (sleep) {
                    case AWAKE -> true;
                    case WFI -> priority.wakesFromWfi();
                    case WFE -> model.eventIsSet() || priority.letsPendingIn();
                };
        if (awake && sleep == Sleep.WFE) {
            model.takeEvent();
        }
        if (awake) {
            sleep = Sleep.AWAKE;
        }
    }

    /** Whether {@link #run} would execute something. */
    public boolean canRun() {
        wake();
        return sleep == Sleep.AWAKE && !model.lockedUp();
    }

    private final class ScbHost implements SystemControlBlock.Host {
        @Override
        public int currentException() {
            return model.current();
        }

        @Override
        public int vectPending() {
            return priority.vectPending();
        }

        @Override
        public void resetRequested() {
            engine.stopBy(engine.cycles());
            listener.resetRequested();
        }

        @Override
        public void contextChanged() {
            context.changed();
        }
    }

    private final class PendingAttention implements Exceptions.Attention {
        @Override
        public void needed() {
            engine.stopBy(engine.cycles());
        }

        @Override
        public void pended() {
            if (scb.sevOnPend.isSet()) {
                model.setEvent();
            }
        }
    }

    private final class BusFaults implements CoreBus.Faults {
        @Override
        public void imprecise() {
            model.pendImpreciseBusFault();
        }

        @Override
        public boolean ignored() {
            return scb.bfhfnmign.isSet() && priority.current() < 0;
        }
    }

    @Override
    public void save(StateWriter out) {
        out.section("engine", engine);
        out.section("exceptions", exceptions);
        out.section("exception model", model);
        blocks.forEach(block -> out.section(block.name(), block));
        out.section("interrupt storm", storm);
        out.section("stack guard", guard);
        out.int32(sleep.ordinal());
    }

    @Override
    public void load(StateReader in) {
        in.section("engine", engine);
        in.section("exceptions", exceptions);
        in.section("exception model", model);
        blocks.forEach(block -> in.section(block.name(), block));
        in.section("interrupt storm", storm);
        in.section("stack guard", guard);
        sleep = in.oneOf(Sleep.values());
        context.tellAnew();
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import picorn.emulator.bus.Bus;
import picorn.emulator.core.Core;
import picorn.emulator.core.CoreBus;
import picorn.emulator.core.CoreClocks;
import picorn.emulator.core.CoreConfiguration;
import picorn.emulator.core.CoreListener;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.host.HostInbox;
import picorn.emulator.report.FindingLog;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.emulator.time.ClockDomain;
import picorn.emulator.time.EventQueue;

/**
 * A core, its bus and virtual time, run on one thread. Time is counted in ticks of HCLK: the engine's cycles, and those that
 * pass in sleep. A chip adds memory and peripherals.
 */
public final class Machine implements Clock, Saved, AutoCloseable {
    /** A slice ends after so many cycles at the latest, so that the host is heard. */
    private static final long MAX_SLICE = 1_000_000;

    private final CoreBus coreBus = new CoreBus();
    private final CpuEngine engine;
    private final EventQueue events = new EventQueue();
    private final CoreClocks clocks = CoreClocks.of(this);
    private final ClockDomain hclk = clocks.hclk();
    private final FindingLog findings;
    private final Bus bus;
    private final Core core;
    private final HostInbox inbox = new HostInbox();
    private final List<Consumer<ResetKind>> resets = new ArrayList<>();
    private Runnable start = () -> {};
    private Pace pace = Pace.VIRTUAL;
    private Trace trace = (port, octet) -> {};
    private BreakpointService breakpoints = immediate -> CoreListener.Served.NOT_MINE;
    private long ticksAsleep;
    private boolean resetRequested;
    /** A service stopped the core, as a debugger would, until the host has input. */
    private boolean waitsForHost;

    /** Core and time stand where they stood, as between an instruction that faults and the handler: no place where input can come in. */
    private boolean stalled;

    private boolean hearing;
    /** {@link #run} is to return when the engine has counted so many cycles. */
    private long lastCycle = Long.MAX_VALUE;

    private Optional<Outcome> ending = Optional.empty();

    /** What led to a reset. */
    public enum ResetKind {
        POWER_ON,
        /** Firmware wrote AIRCR.SYSRESETREQ. */
        SYSTEM_REQUEST
    }

    /** Takes what firmware writes to the ITM. */
    @FunctionalInterface
    public interface Trace {
        /** An octet at a stimulus port. */
        void octet(int port, int octet);
    }

    /** Serves BKPT instructions, such as semihosting's. */
    @FunctionalInterface
    public interface BreakpointService {
        /** Does what the BKPT with this immediate asks for, if it is one of this service's. */
        CoreListener.Served serve(int immediate);
    }

    /** A machine without memory, its clocks stopped. */
    public Machine(EngineProvider provider, CoreConfiguration configuration) {
        engine = provider.create(coreBus);
        findings = new FindingLog(this, engine::pc);
        bus = new Bus(engine, findings);
        core = new Core(configuration, engine, coreBus, bus, clocks, events, findings, new Listener());
        events.onEarlier(due -> engine.stopBy(cycleNotBefore(due)));
        hclk.onChange(() -> engine.stopBy(engine.cycles())); // the slice's end was computed at the old frequency
    }

    /** Picoseconds since reset, exact within the instruction that asks. */
    @Override
    public long now() {
        return hclk.timeOf(engine.cycles() + ticksAsleep);
    }

    /** The core's clocks, which the chip's clock tree drives. */
    public CoreClocks clocks() {
        return clocks;
    }

    /** The engine that executes instructions. */
    public CpuEngine engine() {
        return engine;
    }

    /** The address space. */
    public Bus bus() {
        return bus;
    }

    /** The core around the engine. */
    public Core core() {
        return core;
    }

    /** Everything that is due. */
    public EventQueue events() {
        return events;
    }

    /** What firmware did wrong. */
    public FindingLog findings() {
        return findings;
    }

    /** The way in for the host. */
    public HostInbox inbox() {
        return inbox;
    }

    /** Instructions executed. */
    public long instructions() {
        return engine.instructions();
    }

    /** How virtual time keeps to the host's. */
    public void pace(Pace newPace) {
        pace = newPace;
    }

    /** Where ITM output goes. */
    public void onTrace(Trace newTrace) {
        trace = newTrace;
    }

    /** Who serves BKPT. */
    public void onBreakpoint(BreakpointService service) {
        breakpoints = service;
    }

    /** What stands in for a boot loader: done after each reset, before the first instruction. */
    public void onStart(Runnable bootLoader) {
        start = bootLoader;
    }

    /** What a reset does beside resetting the core, in this order. */
    public void onReset(Consumer<ResetKind> reset) {
        resets.add(reset);
    }

    /** Powers up: resets chip and core and starts at the vector table at address 0. Time goes on. */
    public void reset() {
        reset(ResetKind.POWER_ON);
    }

    /** Resets chip and core, for the reason that {@code kind} says. */
    public void reset(ResetKind kind) {
        resetRequested = false;
        resets.forEach(reset -> reset.accept(kind));
        core.reset();
        start.run();
    }

    /** The firmware ends itself: {@link #run} returns after the instruction that asked. */
    public void exit(int code) {
        end(new Outcome.Exited(code));
    }

    /** {@link #run} returns after the present instruction. On the emulation's thread. */
    public void stop(StopCause cause) {
        end(new Outcome.Stopped(cause));
    }

    private void end(Outcome outcome) {
        if (ending.isEmpty()) {
            ending = Optional.of(outcome);
        }
        engine.stopBy(engine.cycles());
    }

    /**
     * Executes one instruction, or takes the exception that is pending, up to before its handler's first instruction. A core that sleeps
     * sleeps on until it does one of both. {@link Outcome.Stepped}, or another end.
     */
    public Outcome step(long time) {
        return run(time, this::stepOnce);
    }

    private void stepOnce(long time) {
        haltIf(core.step());
        end(new Outcome.Stepped());
    }

    /**
     * Hears users and debuggers, not the rest of the host, while virtual time stands still: until {@code released} or until somebody
     * ends the run.
     */
    public Optional<Outcome> hold(BooleanSupplier released) {
        ending = Optional.empty();
        while (ending.isEmpty() && !released.getAsBoolean()) {
            if (inbox.awaitControl()) {
                inbox.hearControl();
            } else {
                stop(() -> "interrupted");
            }
        }
        return ending;
    }

    /** Hears users and debuggers if they have anything to say; who ended the run meanwhile is the result. */
    public Optional<Outcome> hear() {
        ending = Optional.empty();
        inbox.hearControl();
        return ending;
    }

    /** Runs until {@code time}, in picoseconds since reset, or until there is another end. */
    public Outcome run(long time) {
        return run(time, this::slice);
    }

    /** As {@link #run(long)}, or until the engine has counted {@code cycles}, which is {@link Outcome.TimeReached} too. */
    public Outcome run(long time, long cycles) {
        lastCycle = cycles;
        try {
            return run(time);
        } finally {
            lastCycle = Long.MAX_VALUE;
        }
    }

    private Outcome run(long time, LongConsumer some) {
        ending = Optional.empty();
        while (true) {
            events.runDue(now());
            hearHost();
            Optional<Outcome> end = end(time);
            if (end.isPresent()) {
                return end.get();
            }
            pace.busy(now());
            if (core.canRun() && !waitsForHost) {
                long before = engine.instructions();
                some.accept(time);
                stalled = engine.instructions() == before;
            } else {
                idle(time);
                stalled = false;
            }
        }
    }

    /** Input comes when all that is due now has happened, and what one leads to at once happens before the next. */
    private void hearHost() {
        inbox.hearControl();
        while (!stalled && hearInput()) {
            events.runDue(now());
        }
    }

    private boolean hearInput() {
        hearing = true;
        boolean heard = inbox.hearInput();
        hearing = false;
        return heard;
    }

    /** Whether what happens now comes of input that is being heard, rather than at a time of its own. */
    public boolean isHearing() {
        return hearing;
    }

    private Optional<Outcome> end(long time) {
        if (ending.isPresent()) {
            return ending;
        }
        if (resetRequested) {
            reset(ResetKind.SYSTEM_REQUEST);
        }
        if (core.lockedUp()) {
            return Optional.of(new Outcome.LockedUp());
        }
        return now() >= time || engine.cycles() >= lastCycle
                ? Optional.of(new Outcome.TimeReached())
                : Optional.empty();
    }

    private void slice(long time) {
        long deadline = Math.min(events.next(), time);
        long longest = engine.cycles() + MAX_SLICE;
        haltIf(core.run(Math.min(Math.min(longest, lastCycle), cycleNotBefore(deadline))));
    }

    private void haltIf(Core.Halt halt) {
        switch (halt) {
            case NONE -> {}
            case BREAKPOINT -> end(new Outcome.Breakpoint(engine.pc()));
            case WATCHPOINT -> end(new Outcome.Watchpoint(
                    core.points().accessed(), core.points().access()));
            case BKPT -> end(new Outcome.Bkpt(engine.pc()));
        }
    }

    private long cycleNotBefore(long time) {
        return time == EventQueue.NEVER ? Long.MAX_VALUE : hclk.tickNotBefore(time) - ticksAsleep;
    }

    private void idle(long time) {
        waitsForHost = false;
        if (events.next() == EventQueue.NEVER && !inbox.isOpen()) {
            end(new Outcome.Asleep());
            return;
        }
        long until = pace.idle(now(), Math.min(events.next(), time));
        if (until != EventQueue.NEVER) {
            long tick = engine.cycles() + ticksAsleep;
            ticksAsleep += Math.max(0, hclk.tickNotBefore(until) - tick);
        }
    }

    private final class Listener implements CoreListener {
        @Override
        public void timePassed() {
            events.runDue(now());
        }

        @Override
        public void resetRequested() {
            resetRequested = true;
        }

        @Override
        public void traced(int port, int octet) {
            trace.octet(port, octet);
        }

        @Override
        public Served breakpoint(int immediate) {
            Served served = breakpoints.serve(immediate);
            waitsForHost = served == Served.LATER;
            return served;
        }
    }

    @Override
    public void save(StateWriter out) {
        out.int64(ticksAsleep);
        out.flag(resetRequested);
        out.flag(waitsForHost);
        out.flag(stalled);
        out.section("HCLK", hclk);
        out.section("SysTick clock", clocks.sysTickExternal());
        out.section("core", core);
        out.section("findings", findings);
        out.section("events", events);
    }

    @Override
    public void load(StateReader in) {
        ticksAsleep = in.int64();
        resetRequested = in.flag();
        waitsForHost = in.flag();
        stalled = in.flag();
        in.section("HCLK", hclk);
        in.section("SysTick clock", clocks.sysTickExternal());
        in.section("core", core);
        in.section("findings", findings);
        in.section("events", events);
    }

    /** Gives the engine's memory back. */
    @Override
    public void close() {
        engine.close();
    }
}

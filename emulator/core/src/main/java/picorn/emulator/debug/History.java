// SPDX-License-Identifier: MIT
package picorn.emulator.debug;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import picorn.emulator.core.DebugPoints;
import picorn.emulator.machine.Machine;
import picorn.emulator.machine.Outcome;
import picorn.emulator.replay.InputLog;
import picorn.emulator.time.EventQueue;

/**
 * The past of a machine since it was begun: snapshots, and what came in from the host since the first of them. To go back is to let a
 * second machine come to an earlier moment of the same run, so that the first stays what and where it is, and nothing is sent to the host
 * twice.
 */
public final class History implements AutoCloseable {
    /** Cycles between two snapshots, at least. */
    private static final long INTERVAL = 2_000_000;
    /** A snapshot looks through all memory; so many octets of it are worth a cycle. */
    private static final int OCTETS_PER_CYCLE = 4;
    /** What inputs may take of memory. */
    private static final long MOST_INPUT = 64 << 20;
    /** A snapshot this near behind makes it unnecessary to take another for the next step back. */
    private static final long NEAR = 20_000;
    /** How far before the present moment that other one is taken. */
    private static final long BACK = 2_000;
    /** More cycles than any instruction takes. */
    private static final long LONGEST_INSTRUCTION = 200;
    /** Cycles between two looks whether the debugger wants to interrupt. */
    private static final long CHUNK = 1_000_000;

    private final Rewindable present;
    private final InputLog inputs;
    private final Supplier<Replica> replicas;
    private final Snapshots snapshots;
    private final long interval;
    private Optional<Replica> replica = Optional.empty();
    private Optional<DebuggedMachine> past = Optional.empty();
    private Optional<Outcome> interruption = Optional.empty();
    private boolean inPast;

    /**
     * One that has not begun.
     *
     * @param inputs is told, from now on, of all that comes into {@code present}
     * @param replicas makes a second machine when one is wanted
     * @param most snapshots at a time
     * @param octets that they take at most, or two of them if that is more
     */
    public History(Rewindable present, InputLog inputs, Supplier<Replica> replicas, int most, long octets) {
        this.present = present;
        this.inputs = inputs;
        this.replicas = replicas;
        snapshots = new Snapshots(most, octets);
        long size = present.memories().stream().mapToLong(ram -> ram.size()).sum();
        interval = INTERVAL + size / OCTETS_PER_CYCLE;
    }

    /** Begins here, if it has not begun. */
    void begin() {
        if (snapshots.isEmpty()) {
            take();
        }
    }

    /** Forgets everything, as when what was done to the machine cannot be done again. */
    void forget() {
        leavePast();
        snapshots.clear();
        inputs.dropBefore(inputs.end());
    }

    /** Whether the machine that is to be shown is {@link #pastMachine}. */
    boolean inPast() {
        return inPast;
    }

    DebuggedMachine pastMachine() {
        return past.orElseThrow();
    }

    /** Goes back to the present without a halt on the way. */
    void leavePast() {
        inPast = false;
    }

    /** The cycle at which the present machine is to stop for {@link #take}. */
    long nextSnapshot() {
        return snapshots.isEmpty() ? Long.MAX_VALUE : snapshots.last().moment().cycles() + interval;
    }

    /** Takes a snapshot of the present. */
    void take() {
        snapshots.take(present, inputs.end());
        if (inputs.octets() > MOST_INPUT) {
            snapshots.dropAllButLast();
        }
        inputs.dropBefore(snapshots.get(0).inputs());
    }

    /** The debugger wants no more of what is being done. */
    void interrupt(Outcome outcome) {
        interruption = Optional.of(outcome);
    }

    private Moment now() {
        return Moment.of(inPast ? pastMachine().machine() : present.machine());
    }

    /** Brings the second machine to snapshot {@code i}. */
    private void restore(int i) {
        if (replica.isEmpty()) {
            replica = Optional.of(replicas.get());
            past = Optional.of(new DebuggedMachine(replica.get().rewindable().machine()));
        }
        Snapshot snapshot = snapshots.get(i);
        snapshot.restore(replica.get().rewindable());
        replica.get().play(inputs.from(snapshot.inputs()));
        inPast = true;
        pastMachine().arrive();
    }

    /** Back to before the last instruction, or before the exception that was taken last. */
    Outcome stepBack() {
        Moment end = now();
        OptionalInt nearest = snapshots.before(end);
        if (nearest.isEmpty()) {
            return new Outcome.HistoryBegins();
        }
        int from = near(nearest.getAsInt(), end);
        int steps = -1;
        toLast(from, end);
        while (now().isBefore(end)) {
            steps++;
            stepTo(end);
        }
        toLast(from, end);
        for (int i = 0; i < steps; i++) {
            stepTo(end);
        }
        pastMachine().arrive();
        return new Outcome.Stepped();
    }

    /** A step that does not sleep beyond {@code end}; an exception is taken, and a fault comes, without time passing. */
    private Outcome stepTo(Moment end) {
        return pastMachine().step(now().time() < end.time() ? end.time() : EventQueue.NEVER);
    }

    /** From snapshot {@code i} to a few steps before {@code end}. */
    private void toLast(int i, Moment end) {
        withoutPoints(i);
        runTo(end, end.cycles() - LONGEST_INSTRUCTION);
    }

    private void withoutPoints(int i) {
        restore(i);
        DebugPoints points = pastMachine().machine().core().points();
        points.clear();
        points.onBkpt(DebugPoints.OnBkpt.HALT);
    }

    /** A snapshot near before {@code end}, from which further steps back are short. */
    private int near(int i, Moment end) {
        if (end.cycles() - snapshots.get(i).moment().cycles() < NEAR) {
            return i;
        }
        withoutPoints(i);
        runTo(end, end.cycles() - BACK);
        Replica machine = replica.orElseThrow();
        return snapshots.take(machine.rewindable(), snapshots.get(i).inputs() + machine.played());
    }

    private void runTo(Moment end, long cycle) {
        DebuggedMachine machine = pastMachine();
        Outcome outcome = new Outcome.Stepped();
        while (now().isBefore(end)
                && machine.machine().engine().cycles() < cycle
                && !(outcome instanceof Outcome.TimeReached)) {
            machine.resume(); // which passes over a BKPT
            outcome = machine.run(end.time(), cycle);
        }
    }

    /** Back to where a breakpoint or watchpoint would have halted the core last. */
    Outcome goBack() {
        Moment end = now();
        interruption = Optional.empty();
        for (OptionalInt i = snapshots.before(end); i.isPresent(); i = snapshots.before(end)) {
            int halts = haltsBetween(i.getAsInt(), end);
            if (interruption.isPresent()) {
                restore(i.getAsInt());
                return interruption.get();
            }
            if (halts > 0) {
                return toHalt(i.getAsInt(), end, halts);
            }
            end = snapshots.get(i.getAsInt()).moment();
        }
        if (inPast) {
            restore(0);
        }
        return new Outcome.HistoryBegins();
    }

    private int haltsBetween(int i, Moment end) {
        restore(i);
        syncPoints();
        int halts = 0;
        while (halts(nextHalt(end), end)) {
            halts++;
            pastMachine().resume();
        }
        return halts;
    }

    private boolean halts(Outcome outcome, Moment end) {
        return interruption.isEmpty() && !(outcome instanceof Outcome.TimeReached) && now().isBefore(end);
    }

    /** To halt number {@code n} behind snapshot {@code i}: before an instruction, or behind an access, which GDB goes back over by itself. */
    private Outcome toHalt(int i, Moment end, int n) {
        restore(i);
        Outcome halt = nextHalt(end);
        for (int passed = 1; passed < n; passed++) {
            pastMachine().resume();
            halt = nextHalt(end);
        }
        if (halt instanceof Outcome.Watchpoint) {
            stepTo(end);
        }
        pastMachine().arrive();
        return halt;
    }

    /** Runs to the next halt, to {@code end} at most, and hears the debugger meanwhile. */
    private Outcome nextHalt(Moment end) {
        Machine machine = pastMachine().machine();
        Outcome outcome;
        do {
            outcome = pastMachine().run(end.time(), machine.engine().cycles() + CHUNK);
            present.machine().hear().ifPresent(this::interrupt);
        } while (outcome instanceof Outcome.TimeReached && now().time() < end.time() && interruption.isEmpty());
        return outcome;
    }

    private void syncPoints() {
        present.machine().core().points().copyTo(pastMachine().machine().core().points());
    }

    /** In the past: goes on as it once did, until a halt; nothing when the present has been reached. */
    Optional<Outcome> go() {
        interruption = Optional.empty();
        syncPoints();
        pastMachine().resume();
        Outcome outcome = nextHalt(Moment.of(present.machine()));
        if (interruption.isPresent()) {
            return interruption;
        }
        if (outcome instanceof Outcome.TimeReached) {
            leavePast();
            return Optional.empty();
        }
        return Optional.of(outcome);
    }

    /** In the past: does what it once did next; nothing when it sleeps on in the present. */
    Optional<Outcome> step() {
        syncPoints();
        Moment end = Moment.of(present.machine());
        Outcome outcome = stepTo(end);
        if (!now().isBefore(end)) {
            leavePast();
        }
        return outcome instanceof Outcome.TimeReached ? Optional.empty() : Optional.of(outcome);
    }

    @Override
    public void close() {
        leavePast();
        replica.ifPresent(Replica::close);
    }
}

// SPDX-License-Identifier: MIT
package picorn.junit;

import static picorn.emulator.time.Clock.NANOSECOND;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import picorn.emulator.machine.Machine;
import picorn.emulator.machine.Outcome;
import picorn.emulator.machine.StopCause;
import picorn.emulator.time.Clock;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;

/** Runs a board's machine, on the test's thread and in slices, until what a test waits for holds, or fails the test. */
final class Runner {
    /** Faults are noticed after so much virtual time at the latest. */
    private static final long SLICE = Clock.SECOND / 1000;

    private static final StopCause LOOK = () -> "something came that the test may wait for";

    private final Machine machine;
    private final FaultWatch faults;
    private final FindingWatch wrongs;
    private final WallGuard guard;
    private final Event deadline;
    private BooleanSupplier awaited = () -> false;
    private boolean done;
    private Optional<Outcome> ended = Optional.empty();
    private OptionalInt expectedExit = OptionalInt.empty();
    private boolean lockUpExpected;

    /** How a run ended that did not fail the test. */
    private enum End {
        DONE,
        TIME,
        ENDED
    }

    Runner(Machine machine, FaultWatch faults, FindingWatch wrongs, WallGuard guard) {
        this.wrongs = wrongs;
        this.machine = machine;
        this.faults = faults;
        this.guard = guard;
        deadline = machine.events().event("test", () -> {});
    }

    void expectExit(int code) {
        expectedExit = OptionalInt.of(code);
    }

    void expectLockUp() {
        lockUpExpected = true;
    }

    /** How the firmware ended, if it has. */
    Optional<Outcome> ended() {
        return ended;
    }

    /** Something happened that the test may wait for: the machine stops if so. From the machine's callbacks. */
    void lookAgain() {
        if (holds()) {
            machine.stop(LOOK);
        }
    }

    /** Once true it stays so: to look may take what was awaited. */
    private boolean holds() {
        done = done || awaited.getAsBoolean();
        return done;
    }

    /**
     * Runs until {@code condition} holds.
     *
     * @param expected what the test waits for, for the message
     */
    void await(String expected, BooleanSupplier condition, Duration limit) {
        await(wanted(expected, limit), condition, after(limit));
    }

    /** How a message begins. */
    static String wanted(String expected, Duration limit) {
        return "expected %s within %s".formatted(expected, Words.of(limit));
    }

    /** As {@link #await(String, BooleanSupplier, Duration)}, until a time that {@link #after} gave. */
    void await(String wanted, BooleanSupplier condition, long until) {
        switch (run(wanted, condition, until)) {
            case DONE -> {}
            case TIME -> throw failure(wanted, "that time has passed");
            case ENDED -> throw failure(wanted, endInWords());
        }
    }

    /** Runs for {@code time}, or until the firmware ends as it should. Sleep is no failure: the test may be what wakes it. */
    void run(Duration time) {
        long end = after(time);
        deadline.at(end);
        run("expected it to run for %s".formatted(Words.of(time)), () -> false, end);
        deadline.at(EventQueue.NEVER);
    }

    /** The time, in picoseconds, that is {@code time} from now. */
    long after(Duration time) {
        long most = (Long.MAX_VALUE - 1 - machine.now()) / NANOSECOND;
        boolean beyond = time.compareTo(Duration.ofNanos(most)) > 0;
        return machine.now() + NANOSECOND * (beyond ? most : Math.max(0, time.toNanos()));
    }

    private End run(String wanted, BooleanSupplier condition, long until) {
        awaited = condition;
        done = false;
        try {
            while (!holds()) {
                if (ended.isPresent()) {
                    return End.ENDED;
                }
                if (machine.now() >= until) {
                    return End.TIME;
                }
                slice(wanted, until);
            }
            return End.DONE;
        } finally {
            awaited = () -> false;
            done = false;
        }
    }

    private void slice(String wanted, long until) {
        if (guard.expired()) {
            throw failure(wanted, guard.words());
        }
        long now = machine.now();
        Outcome outcome = machine.run(until - now > SLICE ? now + SLICE : until);
        if (outcome instanceof Outcome.Exited || outcome instanceof Outcome.LockedUp) {
            ended = Optional.of(outcome);
        }
        faults.unexpected().or(wrongs::first).ifPresent(words -> {
            throw failure(wanted, "the firmware " + words);
        });
        Optional<String> trouble = trouble(outcome);
        if (trouble.isPresent()) {
            throw failure(wanted, trouble.get());
        }
    }

    private Optional<String> trouble(Outcome outcome) {
        if (outcome instanceof Outcome.Exited exited) {
            return exited.code() == expectedExit.orElse(0) ? Optional.empty() : Optional.of(endInWords());
        }
        if (outcome instanceof Outcome.LockedUp) {
            return lockUpExpected ? Optional.empty() : Optional.of(endInWords());
        }
        if (outcome instanceof Outcome.Asleep) {
            return Optional.of("the firmware sleeps (%s) and nothing can wake it"
                    .formatted(machine.core().sleep()));
        }
        if (outcome instanceof Outcome.Stopped stopped) {
            return stopped.cause() == LOOK
                    ? Optional.empty()
                    : Optional.of(stopped.cause().words());
        }
        return outcome instanceof Outcome.Breakpoint ? Optional.of("it met a breakpoint") : Optional.empty();
    }

    private String endInWords() {
        return ended.map(end -> end instanceof Outcome.Exited exited
                        ? "the firmware ended itself with code " + exited.code()
                        : "the core locked up")
                .orElse("the firmware runs");
    }

    static AssertionError failure(String wanted, String but) {
        return new AssertionError("%s, but %s".formatted(wanted, but));
    }

    /** Fails the test if something that it expects has not come. */
    void finish() {
        faults.unexpected().ifPresent(words -> {
            throw failure("expected no fault", "the firmware " + words);
        });
        faults.missing().forEach(fault -> {
            throw failure("expected a %s".formatted(fault), "none was taken");
        });
        if (expectedExit.isPresent() && !(ended.orElse(null) instanceof Outcome.Exited)) {
            throw failure("expected it to end itself with code %d".formatted(expectedExit.getAsInt()), endInWords());
        }
        if (lockUpExpected && !(ended.orElse(null) instanceof Outcome.LockedUp)) {
            throw failure("expected a lock-up", endInWords());
        }
    }
}

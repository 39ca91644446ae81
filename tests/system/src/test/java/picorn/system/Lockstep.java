// SPDX-License-Identifier: MIT
package picorn.system;

import java.io.IOException;
import java.util.Arrays;
import java.util.StringJoiner;
import picorn.emulator.core.Core;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.Reg;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.machine.Machine;
import picorn.emulator.machine.Outcome;
import picorn.emulator.time.EventQueue;

/**
 * The same firmware on two boards that differ in their engines, run side by side. After each slice clock, program counter and all
 * registers are compared, memory when asked for. Where a longer slice ends in a difference, both boards start anew, to
 * find the instruction after which it is there.
 */
final class Lockstep implements AutoCloseable {
    private static final Reg[] ALL = Reg.values();

    private final EngineProvider[] engines;
    private final Image image;
    private final String arguments;
    private final LockstepBoard[] boards = new LockstepBoard[2];

    /** Powers both up with {@code image} and {@code arguments} on its command line. */
    Lockstep(EngineProvider first, EngineProvider second, String image, String arguments) throws BadImage, IOException {
        engines = new EngineProvider[] {first, second};
        this.image = BundledImage.read(image);
        this.arguments = image + " " + arguments;
        powerUp();
    }

    private void powerUp() throws BadImage {
        for (int k = 0; k < 2; k++) {
            boards[k] = new LockstepBoard(engines[k], image, arguments);
        }
    }

    /** Whether the firmware has ended. */
    boolean ended() {
        return !(boards[0].outcome() instanceof Outcome.TimeReached);
    }

    /** Why it has, the same on both. */
    Outcome outcome() {
        return boards[0].outcome();
    }

    /** What the firmware printed, the same on both. */
    String output() {
        return boards[0].output();
    }

    private Machine machine() {
        return boards[0].machine();
    }

    /** Runs both for {@code ticks} of HCLK, or to where a sleeping core has something to do; fails at a difference. */
    void slice(long ticks) throws BadImage {
        long from = machine().now();
        long to = end(ticks);
        runTo(to);
        if (!differences().isEmpty()) {
            fail(from, to);
        }
    }

    /** Fails unless RAM is the same. */
    void compareMemory() {
        String found = memoryDifferences();
        if (!found.isEmpty()) {
            throw new AssertionError(
                    "after %,d instructions: %s".formatted(machine().instructions(), found));
        }
    }

    private long end(long ticks) {
        Machine machine = machine();
        boolean asleep = machine.core().sleep() != Core.Sleep.AWAKE;
        long due = machine.events().next();
        if (asleep && due != EventQueue.NEVER) {
            return Math.max(due, machine.now() + 1);
        }
        long now = machine.clocks().hclk().ticks();
        return machine.clocks().hclk().timeOf(now + ticks);
    }

    private void runTo(long time) {
        for (LockstepBoard board : boards) {
            board.runTo(time);
        }
    }

    private void fail(long from, long to) throws BadImage {
        String coarse = differences();
        close();
        powerUp();
        runTo(from);
        while (!ended() && machine().now() < to) {
            int pc = machine().engine().pc();
            runTo(end(1));
            String found = differences() + memoryDifferences();
            if (!found.isEmpty()) {
                throw new AssertionError("instruction %,d at 0x%08x, %s:%n%s"
                        .formatted(machine().instructions(), pc, image.symbols().describe(pc), found));
            }
        }
        throw new AssertionError("found in a slice and not instruction by instruction: " + coarse);
    }

    private String differences() {
        LockstepBoard first = boards[0];
        LockstepBoard second = boards[1];
        if (first.machine().instructions() == second.machine().instructions()
                && first.machine().now() == second.machine().now()
                && first.outcome().equals(second.outcome())
                && Arrays.equals(first.registers(), second.registers())) {
            return "";
        }
        StringJoiner found = new StringJoiner(System.lineSeparator());
        found.add("%s / %s, instructions %d / %d, time %d / %d"
                .formatted(
                        first.outcome(),
                        second.outcome(),
                        first.machine().instructions(),
                        second.machine().instructions(),
                        first.machine().now(),
                        second.machine().now()));
        for (Reg register : ALL) {
            int one = first.registers()[register.ordinal()];
            int other = second.registers()[register.ordinal()];
            found.add("%-9s %08x %08x%s".formatted(register, one, other, one == other ? "" : " <"));
        }
        return found.toString();
    }

    private String memoryDifferences() {
        byte[] one = boards[0].memory();
        byte[] other = boards[1].memory();
        int at = Arrays.mismatch(one, other);
        return at < 0
                ? ""
                : "%nSRAM and CCM differ at octet 0x%x: %02x / %02x".formatted(at, one[at] & 0xff, other[at] & 0xff);
    }

    @Override
    public void close() {
        for (LockstepBoard board : boards) {
            board.close();
        }
    }
}

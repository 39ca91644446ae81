// SPDX-License-Identifier: MIT
package picorn.cli;

import picorn.emulator.gdb.GdbServer;
import picorn.emulator.machine.Outcome;
import picorn.stm32f4.board.BoardModel;
import picorn.stm32f4.linux.LinuxFailure;

/**
 * How a run ended, in words and as an exit status.
 *
 * @param words for the closing table
 * @param status as {@link ExitStatus} has it
 */
record RunEnding(String words, int status) {
    static RunEnding of(Outcome outcome) {
        if (outcome instanceof Outcome.Exited exited) {
            return exited.code() == 0
                    ? new RunEnding("ended well", ExitStatus.WELL)
                    : failed("ended itself with code " + exited.code());
        }
        if (outcome instanceof Outcome.Stopped stopped && stopped.cause() == GdbServer.KILLED) {
            return new RunEnding(stopped.cause().words(), ExitStatus.WELL);
        }
        if (outcome instanceof Outcome.Stopped stopped) {
            return new RunEnding(
                    stopped.cause().words(),
                    stopped.cause() instanceof RunStop stop ? stop.status() : ExitStatus.FAILED);
        }
        if (outcome instanceof Outcome.LockedUp) {
            return failed("the core locked up");
        }
        if (outcome instanceof Outcome.Asleep) {
            return failed("the core sleeps and nothing can wake it");
        }
        return failed(outcome instanceof Outcome.TimeReached ? "limit of virtual time reached" : outcome.toString());
    }

    /** Of a Linux that cannot go on, and what helps. */
    static RunEnding of(LinuxFailure failure, BoardModel board) {
        String message = failure.message().orElse("Linux cannot go on");
        return failed(
                failure.isShortOfMemory()
                        ? "%s: %s of SDRAM are too little for it and its user space; give more (--sdram)"
                                .formatted(message, Sizes.format(board.sdram()))
                        : message);
    }

    private static RunEnding failed(String words) {
        return new RunEnding(words, ExitStatus.FAILED);
    }
}

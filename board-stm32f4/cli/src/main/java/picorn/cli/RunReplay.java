// SPDX-License-Identifier: MIT
package picorn.cli;

import java.util.Optional;
import picorn.emulator.machine.Machine;
import picorn.emulator.machine.Outcome;
import picorn.emulator.replay.BadRecording;
import picorn.emulator.replay.InputPlayer;
import picorn.emulator.replay.Recording;
import picorn.emulator.replay.RecordingEnd;
import picorn.emulator.time.Clock;
import picorn.emulator.time.EventQueue;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.Cable;

/** A run that {@code --replay} repeats. */
final class RunReplay implements AutoCloseable {
    /** The fact that tells the image. */
    static final String IMAGE = "image";

    private final Machine machine;
    private final RecordingEnd end;
    private final Recording.Inputs inputs;
    private final InputPlayer player;

    /** Has the recorded host play its part on {@code board}, which is put together otherwise. */
    RunReplay(Recording recording, Board board, Optional<Cable> cable) throws UsageError {
        if (!board.imageHash().equals(recording.facts().get(IMAGE))) {
            throw new UsageError("--replay: it was recorded with another image; name that one");
        }
        machine = board.machine();
        end = recording.end();
        player = board.replay(cable);
        try {
            inputs = recording.inputs();
        } catch (BadRecording e) {
            throw new UsageError("--replay: " + e.getMessage());
        }
    }

    /** Begins, at power-up. */
    void begin() {
        player.play(inputs);
    }

    /** When the recorded run ended. */
    long end() {
        return end.time();
    }

    /** Goes to where the recorded run ended: that may have been behind an exception, which takes no time. */
    void catchUp() {
        while (machine.now() == end.time()
                && machine.instructions() == end.instructions()
                && machine.core().exceptionsTaken() < end.exceptions()) {
            machine.step(EventQueue.NEVER);
        }
    }

    /** How the run ended: as the recorded one did, unless it has strayed or another limit came first. */
    RunEnding ending(Outcome outcome) {
        if (player.strayed().isPresent()) {
            return strayed(player.strayed().get().time());
        }
        if (machine.now() < end.time()) {
            return RunEnding.of(outcome);
        }
        boolean same =
                machine.instructions() == end.instructions() && machine.core().exceptionsTaken() == end.exceptions();
        return same ? new RunEnding(end.words(), end.status()) : strayed(end.time());
    }

    private static RunEnding strayed(long time) {
        return new RunEnding(
                "the replay strayed from its recording before %.6f s, which another version of Picorn made or another engine"
                        .formatted((double) time / Clock.SECOND),
                ExitStatus.FAILED);
    }

    @Override
    public void close() {
        inputs.close();
    }
}

// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picorn.emulator.machine.Machine;
import picorn.emulator.replay.RecordingEnd;
import picorn.emulator.replay.RecordingWriter;
import picorn.stm32f4.board.Board;

/** The file of {@code --record}. */
final class RunRecord {
    private final Machine machine;
    private final OutputFile file;
    private final RecordingWriter writer;

    /** Begins it: from now on what comes into {@code board} is kept. */
    RunRecord(Board board, Map<String, String> facts, OutputFile file) {
        machine = board.machine();
        this.file = file;
        Map<String, String> all = new LinkedHashMap<>(facts);
        all.put(RunReplay.IMAGE, board.imageHash());
        writer = new RecordingWriter(all, file);
        board.inputs().add(writer);
    }

    /** A debugger changes the machine, which no replay could repeat. */
    void changed() {
        if (!writer.hasEnded()) {
            System.err.println("picorn: GDB changed something; --record keeps the run up to here");
            end(new RunEnding("recorded up to a change by GDB", ExitStatus.WELL));
        }
    }

    private void end(RunEnding ending) {
        writer.end(new RecordingEnd(
                machine.now(),
                machine.instructions(),
                machine.core().exceptionsTaken(),
                ending.words(),
                ending.status()));
    }

    /** Puts it in its place; false, and a line for the user, if it could not be written. */
    boolean complete(RunEnding ending) {
        if (!writer.hasEnded()) {
            end(ending);
        }
        try (file) {
            if (writer.failure().isPresent()) {
                throw writer.failure().get();
            }
            file.complete();
            return true;
        } catch (IOException e) {
            System.err.printf("picorn: the file of --record could not be written: %s%n", e.getMessage());
            return false;
        }
    }
}

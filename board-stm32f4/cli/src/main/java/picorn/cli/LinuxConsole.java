// SPDX-License-Identifier: MIT
package picorn.cli;

import java.nio.charset.StandardCharsets;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.machine.Machine;
import picorn.emulator.machine.Outcome;
import picorn.emulator.time.Clock;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.BoardModel;
import picorn.stm32f4.board.SerialInput;
import picorn.stm32f4.linux.LinuxFailure;

/** A Linux on a board of its own that is asked questions at its console, as fast as the host can. */
final class LinuxConsole implements AutoCloseable {
    private static final String PROMPT = "/ # ";
    private static final long PATIENCE = 60 * Clock.SECOND;

    private final Board board;
    private final Machine machine;
    private final SerialInput keys;
    private final StringBuilder printed = new StringBuilder();
    private final LinuxFailure failure = new LinuxFailure();
    private TextWatch watch = new TextWatch(PROMPT);

    /** Powers the board up. */
    LinuxConsole(BoardModel model, Image image, EngineProvider engine) throws BadImage {
        board = new Board(model, engine);
        machine = board.machine();
        keys = board.serialInput();
        board.console().transmitTo((character, now) -> take(character & 0xFF));
        board.connectUserNetwork(1);
        try {
            board.load(image);
        } catch (BadImage e) {
            board.close();
            throw e;
        }
        board.reset();
    }

    private void take(int octet) {
        printed.append((char) octet);
        if (watch.sees(octet) | failure.sees(octet)) {
            machine.stop(RunStop.UNTIL);
        }
    }

    /** Waits for the shell; whether it came within a minute of virtual time. */
    boolean reachesShell() {
        return await(PROMPT);
    }

    private boolean await(String text) {
        watch = new TextWatch(text);
        Outcome outcome = board.run(machine.now() + PATIENCE);
        return outcome instanceof Outcome.Stopped && failure.message().isEmpty();
    }

    /** What a command prints; empty if the shell does not come back. */
    String answer(String command) throws InterruptedException {
        printed.setLength(0);
        byte[] line = (command + "\r").getBytes(StandardCharsets.US_ASCII);
        keys.reserve(line.length);
        keys.received(line);
        return await(PROMPT) ? printed.toString() : "";
    }

    /** What it printed since it was last asked, or since power-up. */
    String printed() {
        return printed.toString();
    }

    /** Virtual time since power-up, in picoseconds. */
    long now() {
        return machine.now();
    }

    @Override
    public void close() {
        board.close();
    }
}

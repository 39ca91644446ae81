// SPDX-License-Identifier: MIT
package picorn.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.image.ImageReader;
import picorn.emulator.machine.Outcome;
import picorn.emulator.semihosting.SemihostingHost;
import picorn.netstack.capture.PcapngWriter;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.BoardModel;

/** A bundled image on the evaluation board with everything that it sends kept. */
final class FirmwareRun {
    private final ByteArrayOutputStream serial = new ByteArrayOutputStream();
    private final ByteArrayOutputStream semihosted = new ByteArrayOutputStream();
    private final ByteArrayOutputStream capture = new ByteArrayOutputStream();
    private final Outcome outcome;
    private final long instructions;
    private final long exceptions;

    private FirmwareRun(EngineProvider engine, String image, String arguments, long limit)
            throws BadImage, IOException {
        try (Board board = new Board(BoardModel.stm32429iEval(), engine)) {
            board.console().transmitTo((character, now) -> serial.write(character));
            board.semihosting(
                    SemihostingHost.of(semihosted::write, board.machine()).withCommandLine(image + " " + arguments));
            board.connectUserNetwork(1).wire().tap(new PcapngWriter(capture));
            board.load(bundled(image));
            board.reset();
            outcome = board.run(limit);
            instructions = board.machine().instructions();
            exceptions = board.machine().core().exceptionsTaken();
        }
    }

    /** Runs {@code image} with {@code arguments} until it ends or {@code limit} picoseconds of virtual time have passed. */
    static FirmwareRun of(EngineProvider engine, String image, String arguments, long limit)
            throws BadImage, IOException {
        return new FirmwareRun(engine, image, arguments, limit);
    }

    static Image bundled(String image) throws BadImage, IOException {
        try (InputStream in = FirmwareRun.class.getResourceAsStream("/picorn/images/" + image + ".elf")) {
            return ImageReader.read(image, in.readAllBytes(), OptionalInt.empty());
        }
    }

    Outcome outcome() {
        return outcome;
    }

    /** What USART1 sent. */
    String serial() {
        return serial.toString(StandardCharsets.ISO_8859_1);
    }

    /** What semihosting printed. */
    String semihosted() {
        return semihosted.toString(StandardCharsets.ISO_8859_1);
    }

    /** All frames, as pcapng. */
    byte[] capture() {
        return capture.toByteArray();
    }

    long instructions() {
        return instructions;
    }

    long exceptions() {
        return exceptions;
    }
}

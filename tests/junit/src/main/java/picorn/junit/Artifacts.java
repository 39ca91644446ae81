// SPDX-License-Identifier: MIT
package picorn.junit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import picorn.emulator.machine.Machine;
import picorn.stm32f4.board.FailureReport;
import picorn.stm32f4.board.MemoryUse;

/** What a failed test leaves: console, frames and a report, in a directory of its own. */
final class Artifacts {
    private static final String PROPERTY = "picorn.output";
    private static final String DEFAULT = "target/picorn";
    private static final String INVOCATION = "test-template-invocation:#";

    private Artifacts() {}

    /** Writes the files and names them. A failure to write does not hide the test's own. */
    static List<Path> write(ExtensionContext context, Board board) {
        Path directory = directory(context);
        List<Path> written = new ArrayList<>();
        try {
            Files.createDirectories(directory);
            byte[] console = board.console().log().getBytes(StandardCharsets.ISO_8859_1);
            written.add(Files.write(directory.resolve("console.log"), console));
            written.add(Files.write(directory.resolve("frames.pcapng"), board.capture()));
            written.add(Files.write(directory.resolve("report.txt"), report(context, board)));
        } catch (IOException e) {
            System.getLogger(Artifacts.class.getName())
                    .log(System.Logger.Level.WARNING, "{0} cannot be written: {1}", directory, e.getMessage());
        }
        return written;
    }

    private static Path directory(ExtensionContext context) {
        String root = System.getProperty(PROPERTY, DEFAULT);
        String method = context.getRequiredTestMethod().getName();
        String id = context.getUniqueId();
        int invocation = id.lastIndexOf(INVOCATION);
        String number = invocation < 0
                ? ""
                : "-" + id.substring(invocation + INVOCATION.length()).replaceAll("\\D.*", "");
        return ImageSource.baseDirectory()
                .resolve(root)
                .resolve(context.getRequiredTestClass().getName())
                .resolve(method + number);
    }

    private static byte[] report(ExtensionContext context, Board board) {
        List<String> lines = new ArrayList<>();
        Machine machine = board.machine();
        lines.add("%s, %s, engine %s"
                .formatted(
                        context.getDisplayName(),
                        board.hardware().model().name(),
                        machine.engine().name()));
        lines.add("%d ps of virtual time, %d instructions, %d exceptions"
                .formatted(machine.now(), machine.instructions(), machine.core().exceptionsTaken()));
        lines.addAll(FailureReport.of(machine, board.symbols()));
        machine.findings().all().forEach(finding -> lines.add(FailureReport.of(finding, board.symbols())));
        board.hardware().memoryUse().forEach(use -> lines.add(inWords(use)));
        lines.add("frames: %d sent by the board, %d to it"
                .formatted(board.network().framesSent(), board.network().framesReceived()));
        lines.addAll(cuts(board));
        lines.add(board.network().stack().report().strip());
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** What is missing in the other files. */
    private static List<String> cuts(Board board) {
        List<String> lines = new ArrayList<>();
        long octets = board.console().kept().cut();
        if (octets > 0) {
            lines.add("console.log lacks the last %d octets, which were more than is kept".formatted(octets));
        }
        long frames = board.frames().cut();
        if (frames > 0) {
            lines.add("frames.pcapng lacks the last %d frames, which were more than is kept".formatted(frames));
        }
        return lines;
    }

    private static String inWords(MemoryUse use) {
        return "%s: %d octets, %d loaded, %d touched".formatted(use.name(), use.size(), use.loaded(), use.touched());
    }
}

// SPDX-License-Identifier: MIT
package picorn.system;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line as a user runs it, in a process of its own. */
final class Picorn {
    /** What it did. */
    record Result(int status, String console, String messages) {}

    private Picorn() {}

    static Result run(String... arguments) throws IOException, InterruptedException {
        return runTyping("", arguments);
    }

    /** With {@code typed} on its standard input. */
    static Result runTyping(String typed, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("picorn", ".out");
        Path err = Files.createTempFile("picorn", ".err");
        try {
            Process process = start(out, err, arguments);
            try (OutputStream in = process.getOutputStream()) {
                in.write(typed.getBytes(StandardCharsets.US_ASCII));
            }
            int status = process.waitFor();
            return new Result(status, Files.readString(out, StandardCharsets.ISO_8859_1), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    static Process start(Path out, Path err, String... arguments) throws IOException {
        return new ProcessBuilder(command(arguments))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
    }

    /** Its standard output is a pipe that the caller reads, or not. */
    static Process startPiped(Path err, String... arguments) throws IOException {
        return new ProcessBuilder(command(arguments))
                .redirectError(err.toFile())
                .start();
    }

    /** Its words, for whoever starts it otherwise. */
    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "picorn.cli.Main"));
        command.addAll(List.of(arguments));
        return command;
    }
}

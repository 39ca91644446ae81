// SPDX-License-Identifier: MIT
package picorn.system;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of the host that a test needs: without it the test is skipped on a user's machine and fails in CI, which installs it. */
record Tool(String program, String debianPackage) {
    static final Tool TSHARK = new Tool("tshark", "tshark");
    static final Tool QEMU = new Tool("qemu-system-arm", "qemu-system-arm");
    static final Tool GDB = new Tool("gdb-multiarch", "gdb-multiarch");
    static final Tool GCC = new Tool("arm-none-eabi-gcc", "gcc-arm-none-eabi");
    static final Tool ADDR2LINE = new Tool("arm-none-eabi-addr2line", "binutils-arm-none-eabi");

    /** Runs it without a word to anybody; the result is its exit status. */
    int status(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        Process process = start(command);
        process.getOutputStream().close();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    /** Without success here, which is the host's doing, the test is skipped on a user's machine and fails in CI. */
    void require(String... arguments) throws IOException, InterruptedException {
        if (status(arguments) != 0) {
            lacking("this host does not allow %s %s".formatted(program, String.join(" ", arguments)));
        }
    }

    /** What a test needs is not there: it is skipped on a user's machine and fails in CI. */
    static <T> T lacking(String message) {
        return "true".equals(System.getenv("CI")) ? fail(message) : abort(message);
    }

    /** Runs it; standard output and standard error together. Fails unless it exits with 0. */
    String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        Process process = start(command);
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            fail("%s ended with %d: %s".formatted(String.join(" ", command), process.exitValue(), output));
        }
        return output;
    }

    /** Starts it, standard output and standard error together. */
    Process start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        return start(command);
    }

    /** As {@link #run}, with a file as its standard input; whatever its exit status. */
    String runReading(Path input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        Process process = start(command, ProcessBuilder.Redirect.from(input.toFile()));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private Process start(List<String> command) {
        return start(command, ProcessBuilder.Redirect.PIPE);
    }

    private Process start(List<String> command, ProcessBuilder.Redirect input) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(input)
                    .start();
        } catch (IOException e) {
            return lacking("%s is not installed (Debian: apt-get install %s)".formatted(program, debianPackage));
        }
    }
}

// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** QEMU's netduinoplus2, an STM32F405 without Ethernet, as a peer to measure against: the same ELF, the same arguments. */
final class Qemu {
    private static final String PROGRAM = "qemu-system-arm";

    private Qemu() {}

    /** The version line, or nothing if QEMU is not installed. */
    static Optional<String> version() {
        try {
            Process process = new ProcessBuilder(PROGRAM, "--version")
                    .redirectErrorStream(true)
                    .start();
            String first = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
            return process.waitFor() == 0 ? Optional.of(first) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /**
     * Runs a bundled image to its end; what it printed.
     *
     * @throws IOException if QEMU fails
     */
    static String run(String image, List<String> arguments) throws IOException {
        Path elf = Files.createTempFile("picorn-" + image, ".elf");
        try (InputStream in = Qemu.class.getResourceAsStream("/picorn/images/" + image + ".elf")) {
            Files.copy(in, elf, StandardCopyOption.REPLACE_EXISTING);
            return run(elf, image, arguments);
        } finally {
            Files.deleteIfExists(elf);
        }
    }

    private static String run(Path elf, String image, List<String> arguments) throws IOException {
        StringBuilder config = new StringBuilder("enable=on,target=native,arg=" + image);
        arguments.forEach(argument -> config.append(",arg=").append(argument));
        List<String> command = new ArrayList<>(List.of(PROGRAM, "-M", "netduinoplus2", "-display", "none"));
        command.addAll(List.of(
                "-serial",
                "none",
                "-monitor",
                "none",
                "-semihosting-config",
                config.toString(),
                "-kernel",
                elf.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("%s ended with %d: %s".formatted(PROGRAM, process.exitValue(), output.strip()));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while QEMU ran", e);
        }
        return output;
    }
}

// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** QEMU's machine virt with Debian's build of U-Boot, typed to at its prompt. */
final class UBoot implements AutoCloseable {
    private static final Path FIRMWARE = Path.of("/usr/lib/u-boot/qemu_arm/u-boot.bin");
    private static final String PROMPT = "\n=> ";

    private final Process process;
    private final StringBuilder seen = new StringBuilder();

    /** Boots to the prompt, its network card at {@code netdev}, which is named n. */
    UBoot(String netdev) throws IOException {
        if (!Files.exists(FIRMWARE)) {
            Tool.lacking("%s is not there (Debian: apt-get install u-boot-qemu)".formatted(FIRMWARE));
        }
        List<String> machine = List.of("-M", "virt", "-nographic", "-bios", FIRMWARE.toString());
        List<String> arguments = new ArrayList<>(machine);
        arguments.addAll(List.of("-netdev", netdev, "-device", "virtio-net-device,netdev=n"));
        process = Tool.QEMU.start(arguments.toArray(String[]::new));
        await("stop autoboot");
        type(" ");
        await(PROMPT);
        run("setenv autoload no");
    }

    private void await(String text) throws IOException {
        InputStream console = process.getInputStream();
        while (seen.indexOf(text) < 0) {
            int octet = console.read();
            assertThat(octet).as("QEMU ended without '%s': %s", text, seen).isNotNegative();
            seen.append((char) octet);
        }
    }

    private void type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    /** Types a command; the result is what it prints. */
    String run(String command) throws IOException {
        seen.setLength(0);
        type(command + "\n");
        await(command);
        seen.setLength(0);
        await(PROMPT);
        return seen.toString();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

// SPDX-License-Identifier: MIT
package picorn.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** QEMU's netduinoplus2, a Cortex-M4 with semihosting, as a third opinion. */
final class QemuRun {
    private QemuRun() {}

    /** What a bundled image prints there, given these words on its command line. */
    static String bundled(String image, Path folder, String... words) throws IOException, InterruptedException {
        Path file = folder.resolve(image + ".elf");
        try (InputStream in = QemuRun.class.getResourceAsStream("/picorn/images/" + image + ".elf")) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return Tool.QEMU.run(arguments(file, image, words));
    }

    /** The exit status of a raw binary there, loaded at address 0, which is the start of flash memory. */
    static int raw(byte[] binary, Path folder) throws IOException, InterruptedException {
        return Tool.QEMU.status(arguments(Files.write(folder.resolve("raw.bin"), binary), "raw"));
    }

    /** A debugged one of a bundled image, which waits for GDB at this port of 127.0.0.1 and prints into this file. */
    static Process debugged(Path kernel, String image, int port, Path output, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(Tool.QEMU.program()));
        command.addAll(List.of(arguments(kernel, image, words)));
        command.addAll(List.of("-S", "-gdb", "tcp:127.0.0.1:" + port));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static String[] arguments(Path kernel, String image, String... words) {
        String commandLine = Stream.concat(Stream.of(image), Stream.of(words))
                .map(word -> ",arg=" + word)
                .collect(Collectors.joining());
        return List.of(
                        "-M",
                        "netduinoplus2",
                        "-display",
                        "none",
                        "-serial",
                        "none",
                        "-monitor",
                        "none",
                        "-icount",
                        "shift=0",
                        "-semihosting-config",
                        "enable=on,target=native" + commandLine,
                        "-kernel",
                        kernel.toString())
                .toArray(String[]::new);
    }
}

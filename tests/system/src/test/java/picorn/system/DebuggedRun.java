// SPDX-License-Identifier: MIT
package picorn.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A run of an image that waits for GDB, and sessions of gdb-multiarch with it. */
final class DebuggedRun implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("target remote localhost:(\\d+)");

    private final Path folder;
    private final Path image;
    private final Path out;
    private final Path err;
    private final Process process;
    private final int port;

    private DebuggedRun(Path folder, Path image, String... options) throws IOException {
        this.folder = folder;
        this.image = image;
        out = folder.resolve("console.txt");
        err = folder.resolve("messages.txt");
        List<String> arguments = new ArrayList<>(List.of("run", image.toString(), "--gdb", "0"));
        arguments.addAll(List.of(options));
        process = Picorn.start(out, err, arguments.toArray(String[]::new));
        port = port();
    }

    /** Starts it; files of the session are put into {@code folder}. */
    static DebuggedRun start(Path folder, String image, String... options) throws IOException {
        return new DebuggedRun(folder, elf(folder, image), options);
    }

    /** The same with an image that is a file. */
    static DebuggedRun startFile(Path folder, Path image, String... options) throws IOException {
        return new DebuggedRun(folder, image, options);
    }

    static Path elf(Path folder, String image) throws IOException {
        Path file = folder.resolve(image + ".elf");
        try (InputStream in = DebuggedRun.class.getResourceAsStream("/picorn/images/" + image + ".elf")) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    private int port() throws IOException {
        while (true) {
            Matcher told = PORT.matcher(Files.readString(err));
            if (told.find()) {
                return Integer.parseInt(told.group(1));
            }
            if (!process.isAlive()) {
                throw new IOException(Files.readString(err));
            }
            Thread.onSpinWait();
        }
    }

    /** Where GDB connects. */
    int portNumber() {
        return port;
    }

    /** What GDB says to these commands, once it is connected. */
    String gdb(String... commands) throws IOException, InterruptedException {
        return gdb(folder, image, "localhost:" + port, commands);
    }

    static String gdb(Path folder, Path image, String target, String... commands)
            throws IOException, InterruptedException {
        Path script = folder.resolve("script.gdb");
        Files.write(
                script,
                Stream.concat(
                                Stream.of(
                                        "set pagination off",
                                        "set confirm off",
                                        "set remotetimeout 60",
                                        "set style enabled off",
                                        "target remote " + target),
                                Stream.of(commands))
                        .toList());
        return Tool.GDB.run("-q", "-nx", "-batch", "-x", script.toString(), image.toString());
    }

    /** What GDB says to these commands of its machine interface, which front ends speak. */
    String machineInterface(String... commands) throws IOException, InterruptedException {
        Path script = folder.resolve("commands.mi");
        Files.write(script, List.of(commands));
        return Tool.GDB.runReading(script, "-q", "-nx", "--interpreter=mi2", image.toString());
    }

    /** Its exit status, once it has ended. */
    int status() throws InterruptedException {
        return process.waitFor();
    }

    String console() throws IOException {
        return Files.readString(out);
    }

    String messages() throws IOException {
        return Files.readString(err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody at a terminal, which script(1) makes, talks with firmware that echoes each octet. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TerminalTest {
    private static final Tool SCRIPT = new Tool("script", "bsdutils");
    private static final String READY = "Ctrl-A h tells more";

    @TempDir
    private Path folder;

    private Path echo;
    private final StringBuilder seen = new StringBuilder();

    @BeforeEach
    void makeFirmware() throws IOException {
        echo = Files.write(folder.resolve("echo.bin"), RawFirmware.serialEcho());
    }

    private Process startAtTerminal(String... more) {
        List<String> run = Picorn.command(Stream.concat(
                        Stream.of("run", echo.toString(), "--address", "0x08000000", "--net", "none"), Stream.of(more))
                .toArray(String[]::new));
        String words = run.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        String modes = "echo modes $(stty -g)";
        return SCRIPT.start("-qec", modes + "; " + words + "; echo status $?; " + modes, "/dev/null");
    }

    /** Reads on until {@code text} has come after all that was awaited before. */
    private void await(Process process, String text) throws IOException {
        InputStream screen = process.getInputStream();
        while (seen.indexOf(text) < 0) {
            int octet = screen.read();
            assertThat(octet).as("ended without '%s': %s", text, seen).isNotNegative();
            seen.append((char) octet);
        }
        seen.delete(0, seen.indexOf(text) + text.length());
    }

    private void type(Process process, String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    @Test
    void keysReachTheGuestAtOnceCtrlCToo() throws Exception {
        Process process = startAtTerminal("--uart1", "stdio");
        await(process, READY);
        type(process, "a\u0003b\rc");
        await(process, "a\u0003b\rc");
        type(process, "\u0001\u0001");
        await(process, "\u0001");
        type(process, "\u0001h");
        await(process, "Ctrl-A Ctrl-A   sends");
        type(process, "\u0001xz");
        await(process, "left with Ctrl-A x");
        await(process, "status 0");
        process.getOutputStream().close();
        assertThat(process.waitFor()).isZero();
    }

    private String modes(Process process) throws IOException {
        await(process, "modes ");
        StringBuilder modes = new StringBuilder();
        for (int octet = process.getInputStream().read();
                octet > ' ';
                octet = process.getInputStream().read()) {
            modes.append((char) octet);
        }
        return modes.toString();
    }

    @Test
    void terminalIsAsBeforeHoweverTheRunEnds() throws Exception {
        for (String[] ending : new String[][] {
            {"--uart1", "stdio", "--until", "!"},
            {"--uart1", "stdio", "--wall-limit", "3"},
            {"--uart1", "stdio", "--engine", "steam"}
        }) {
            Process process = startAtTerminal(ending);
            String before = modes(process);
            type(process, "!"); // before raw mode a terminal keeps it for whoever reads
            assertThat(modes(process)).as(String.join(" ", ending)).isEqualTo(before);
            process.getOutputStream().close();
            assertThat(process.waitFor()).isZero();
        }
    }

    @Test
    void terminalIsAsBeforeWhenTheProcessIsTold() throws Exception {
        Process process = startAtTerminal("--uart1", "stdio");
        String before = modes(process);
        await(process, READY);
        process.descendants()
                .filter(each -> each.info().commandLine().orElse("").contains("echo.bin"))
                .filter(each -> each.info().command().orElse("").endsWith("java"))
                .forEach(ProcessHandle::destroy);
        assertThat(modes(process)).isEqualTo(before);
        process.getOutputStream().close();
        process.waitFor();
    }

    @Test
    void endOfAPipeDoesNotEndTheRun() throws Exception {
        Path image = Files.write(folder.resolve("flood.bin"), RawFirmware.serialFlood());
        Picorn.Result result = Picorn.runTyping(
                "",
                "run",
                image.toString(),
                "--address",
                "0x08000000",
                "--uart1",
                "stdio",
                "--net",
                "none",
                "--limit",
                "0.1");
        assertThat(result.messages()).contains("limit of virtual time reached").doesNotContain("Ctrl-A");
    }
}

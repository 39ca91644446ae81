// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The exit statuses and messages of the command line, as README.md promises them. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CommandLineTest {
    private static final int UDF = 0xDE00;
    private static final int BRANCH_TO_SELF = 0xE7FE;
    private static final int WFI = 0xBF30;

    @TempDir
    private Path folder;

    private String raw(String name, int... halfwords) throws Exception {
        return Files.write(folder.resolve(name), RawFirmware.of(halfwords)).toString();
    }

    static Stream<List<String>> badUsage() {
        return Stream.of(
                List.of("fly"),
                List.of("run", "--no-such-option"),
                List.of("run", "no-such-image"),
                List.of("run", "a", "b"),
                List.of("run", "--board", "nucleo"),
                List.of("run", "--engine", "steam"),
                List.of("run", "--net", "token-ring"),
                List.of("run", "--uart1", "lpt"),
                List.of("run", "--time", "past"),
                List.of("run", "--timing", "m33"),
                List.of("run", "--timing", "m4", "--engine", "unicorn"),
                List.of("run", "--timing", "m4", "--engine", "java", "--translate", "on"),
                List.of("run", "--translate", "sometimes", "--engine", "java"),
                List.of("run", "--translate", "on", "--engine", "unicorn"),
                List.of("run", "--seed", "x"),
                List.of("run", "--limit", "-1"),
                List.of("run", "--wall-limit", "soon"),
                List.of("run", "--flash", "2G"),
                List.of("run", "--sdram", "3"),
                List.of("run", "--address", "0x1ffffffff"),
                List.of("run", "--pcap", "/no/such/folder/x.pcapng"),
                List.of("run", "--semihosting-dir", "/no/such/folder"),
                List.of("run", "--halt"),
                List.of("run", "--gdb", "70000"),
                List.of("run", "--gdb", "80x"),
                List.of("run", "--history", "5"),
                List.of("run", "--gdb", "0", "--history", "many"),
                List.of("run", "--replay", "/no/such/file"),
                List.of("run", "--record", "/no/such/folder/run.rec"),
                List.of("run", "--svd", "/no/such/file"),
                List.of("run", "/"),
                List.of("images", "hello-net"),
                List.of("boards", "nucleo"),
                List.of("bench", "bench-nothing"));
    }

    @ParameterizedTest
    @MethodSource("badUsage")
    void badUsageIsOneLineAndStatusTwo(List<String> arguments) throws Exception {
        Picorn.Result result = Picorn.run(arguments.toArray(String[]::new));
        assertThat(result.status()).as(result.messages()).isEqualTo(2);
        assertThat(result.messages()).startsWith("picorn: ");
        assertThat(result.messages().lines()).hasSize(1);
    }

    @Test
    void helpOfEveryCommandHasAnExample() throws Exception {
        for (String command : List.of("run", "boards", "images", "bench", "build-image", "gateway")) {
            Picorn.Result result = Picorn.run(command, "--help");
            assertThat(result.status()).isZero();
            assertThat(result.console()).contains("  picorn " + command);
        }
    }

    @Test
    void gatewayThatCannotBeginLeavesNothingBehind() throws Exception {
        String capture = folder.resolve("frames.pcapng").toString();
        String shared = folder.resolve("none").toString();
        Picorn.Result result = Picorn.run(
                "gateway", "--socket", "listen:127.0.0.1:0", "--net", "user,tftp=" + shared, "--pcap", capture);
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.messages()).contains("none: it is no directory").doesNotContain("SEVERE");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void lockUpIsStatusOneWithRegistersAndCause() throws Exception {
        Picorn.Result result = Picorn.run("run", raw("udf.bin", UDF), "--address", "0x08000000");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.messages())
                .contains("the core locked up")
                .contains("UNDEFINSTR: an undefined instruction")
                .contains("FORCED: escalated to HardFault")
                .contains("UsageFault in 0x08000040")
                .contains("PC   ");
    }

    @Test
    void virtualTimeLimitIsStatusOne() throws Exception {
        Picorn.Result result =
                Picorn.run("run", raw("loop.bin", BRANCH_TO_SELF), "--address", "0x08000000", "--limit", "0.01");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.messages()).contains("limit of virtual time reached").contains("160,000 instructions");
    }

    @Test
    void wallTimeLimitIsStatusOne() throws Exception {
        Picorn.Result result =
                Picorn.run("run", raw("loop.bin", BRANCH_TO_SELF), "--address", "0x08000000", "--wall-limit", "0.5");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.messages()).contains("limit of wall time reached");
    }

    @Test
    void sleepThatNothingEndsIsSaidAtOnce() throws Exception {
        Picorn.Result result =
                Picorn.run("run", raw("wfi.bin", WFI, BRANCH_TO_SELF), "--address", "0x08000000", "--net", "none");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.messages()).contains("the core sleeps and nothing can wake it");
    }

    @Test
    void untilEndsWellAndTheReportSaysWhatHappened() throws Exception {
        Path report = folder.resolve("report.json");
        Path pcap = folder.resolve("run.pcapng");
        Picorn.Result result = Picorn.run(
                "run", "hello-net", "--until", "ping 1 from", "--report", report.toString(), "--pcap", pcap.toString());
        assertThat(result.status()).as(result.messages()).isZero();
        assertThat(result.console()).contains("ping 1 from");
        assertThat(Files.readString(report)).contains("\"status\": 0").contains("\"name\": \"SRAM\"");
        assertThat(pcap).isNotEmptyFile();
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void framesGoLiveIntoWiresharkAndTheConsoleToStandardError() throws Exception {
        Tool.TSHARK.run("--version");
        Path err = folder.resolve("err");
        Path frames = folder.resolve("frames");
        List<Process> pipeline = ProcessBuilder.startPipeline(List.of(
                new ProcessBuilder(Picorn.command("run", "hello-net", "--pcap", "-")).redirectError(err.toFile()),
                new ProcessBuilder("tshark", "-n", "-r", "-", "-Y", "icmp || udp.port == 7")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .redirectOutput(frames.toFile())));
        assertThat(pipeline.get(0).waitFor()).isZero();
        assertThat(pipeline.get(1).waitFor()).isZero();
        assertThat(Files.readString(frames).lines()).hasSizeGreaterThan(2000);
        assertThat(Files.readString(err)).contains("echo 1000 datagrams").contains("ended well");
    }

    @Test
    void captureOnStandardOutputBeginsBeforeTheRunEnds() throws Exception {
        Process process = Picorn.startPiped(
                folder.resolve("err"),
                "run",
                raw("loop.bin", BRANCH_TO_SELF),
                "--address",
                "0x08000000",
                "--pcap",
                "-",
                "--wall-limit",
                "60");
        try {
            assertThat(process.getInputStream().readNBytes(4)).containsExactly(0x0A, 0x0D, 0x0D, 0x0A);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void consoleGoesToAFile() throws Exception {
        Path console = folder.resolve("console.txt");
        Picorn.Result result = Picorn.run("run", "hello-net", "--uart1", "file=" + console);
        assertThat(result.status()).as(result.messages()).isZero();
        assertThat(result.console()).isEmpty();
        assertThat(Files.readString(console)).contains("echo 1000 datagrams");
    }

    @Test
    void whatIsTypedReachesTheFirmwareWithNothingLost() throws Exception {
        Path image = Files.write(folder.resolve("echo.bin"), RawFirmware.serialEcho());
        String typed = "0123456789abcde\n".repeat(400) + "END\n";
        Picorn.Result result = Picorn.runTyping(
                typed,
                "run",
                image.toString(),
                "--address",
                "0x08000000",
                "--uart1",
                "stdio",
                "--time",
                "virtual",
                "--until",
                "END");
        assertThat(result.status()).as(result.messages()).isZero();
        assertThat(result.console()).isEqualTo(typed.stripTrailing());
    }

    @Test
    void anImageForRamIsStartedAsByABootLoader() throws Exception {
        Path image = Files.write(folder.resolve("ram.bin"), RawFirmware.exit(0x2000_0000));
        Picorn.Result result = Picorn.run("run", image.toString(), "--address", "0x20000000");
        assertThat(result.status()).as(result.messages()).isZero();
    }

    @Test
    void twoRunsGiveTheSameConsoleAndTheSameFrames() throws Exception {
        Path first = folder.resolve("first.pcapng");
        Path second = folder.resolve("second.pcapng");
        Picorn.Result one = Picorn.run("run", "--pcap", first.toString());
        Picorn.Result two = Picorn.run("run", "--pcap", second.toString());
        assertThat(one.status()).as(one.messages()).isZero();
        assertThat(two.console()).isEqualTo(one.console());
        assertThat(second).hasSameBinaryContentAs(first);
    }

    /** SIGTERM, which takes the same way as Ctrl-C: a shell that started the tests in the background lets them ignore SIGINT. */
    @Test
    void beingInterruptedEndsWithTheTableAndTheFiles() throws Exception {
        Path report = folder.resolve("report.json");
        Path image = Files.write(folder.resolve("echo.bin"), RawFirmware.serialEcho());
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = Picorn.start(
                out,
                err,
                "run",
                image.toString(),
                "--address",
                "0x08000000",
                "--uart1",
                "stdio",
                "--report",
                report.toString());
        try {
            process.getOutputStream().write("typed".getBytes());
            process.getOutputStream().flush();
            waitFor(out, "typed");
            process.toHandle().destroy();
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(err)).contains(": interrupted");
        assertThat(Files.readString(report)).contains("\"ending\": \"interrupted\"");
    }

    /** Until another process has written {@code text}; the prompt that it may be has no line end. */
    private static void waitFor(Path file, String text) throws Exception {
        while (!Files.exists(file) || !Files.readString(file).contains(text)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void nobodyToTakeTheOutputEndsTheRun() throws Exception {
        Path err = folder.resolve("err");
        Path image = Files.write(folder.resolve("flood.bin"), RawFirmware.serialFlood());
        Process process = Picorn.startPiped(err, "run", image.toString(), "--address", "0x08000000");
        process.getInputStream().close();
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(Files.readString(err)).contains("nobody takes the output any more");
    }

    @Test
    void aReaderWhoStallsDoesNotOutlastTheWallLimit() throws Exception {
        Path err = folder.resolve("err");
        Path image = Files.write(folder.resolve("flood.bin"), RawFirmware.serialFlood());
        Process process =
                Picorn.startPiped(err, "run", image.toString(), "--address", "0x08000000", "--wall-limit", "8");
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(Files.readString(err)).contains("limit of wall time reached");
    }

    @Test
    void failureAfterOpeningFilesLeavesNone() throws Exception {
        Path out = folder.resolve("console.txt");
        Picorn.Result result = Picorn.run(
                "run",
                "--report",
                out.toString(),
                "--pcap",
                folder.resolve("no/such").toString());
        assertThat(result.status()).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anImageThatDoesNotFitIsRefused() throws Exception {
        Path image = Files.write(folder.resolve("large.bin"), new byte[(1 << 20) + 4]);
        Picorn.Result result = Picorn.run("run", image.toString(), "--address", "0x08000000", "--flash", "1M");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.messages().lines()).hasSize(1);
        assertThat(result.messages()).contains("do not fit");
    }
}

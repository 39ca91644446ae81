// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recorded run is repeated exactly, without what it had of the host. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class RecordReplayTest {
    @TempDir
    private Path folder;

    /** The closing table without the lines that tell of the host. */
    private static String table(Picorn.Result result) {
        return result.messages()
                .lines()
                .filter(line -> !line.contains(" of yours: ") && !line.startsWith("picorn: "))
                .reduce("", (text, line) -> text + line + "\n");
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void assertSame(String one, String other) throws IOException {
        assertThat(Files.readAllBytes(folder.resolve(one))).isEqualTo(Files.readAllBytes(folder.resolve(other)));
    }

    /** Also with frames lost, doubled and late on the way: the recording has them as they were sent. */
    @ParameterizedTest
    @ValueSource(strings = {"", "loss=1%,duplicate=1%,jitter=1ms,delay=1ms"})
    void aRunIsTheSameAgainOnEitherEngine(String impairment) throws Exception {
        Stream<String> options = Stream.of(
                "run",
                "hello-net",
                "--engine",
                "java",
                "--seed",
                "5",
                "--limit",
                "3",
                "--record",
                file("run.rec"),
                "--pcap",
                file("run.pcapng"),
                "--trace",
                "net:" + file("run.txt"));
        Stream<String> impaired = impairment.isEmpty() ? Stream.of() : Stream.of("--impair", impairment);
        Picorn.Result recorded = Picorn.run(Stream.concat(options, impaired).toArray(String[]::new));
        for (String engine : List.of("java", "unicorn")) {
            Picorn.Result replayed = Picorn.run(
                    "run",
                    "hello-net",
                    "--engine",
                    engine,
                    "--replay",
                    file("run.rec"),
                    "--pcap",
                    file("again.pcapng"),
                    "--trace",
                    "net:" + file("again.txt"));
            assertThat(replayed.console()).isEqualTo(recorded.console());
            assertThat(replayed.status()).as(replayed.messages()).isEqualTo(recorded.status());
            assertThat(table(replayed)).isEqualTo(table(recorded).replace("engine java", "engine " + engine));
            assertSame("run.pcapng", "again.pcapng");
            assertSame("run.txt", "again.txt");
        }
    }

    /** Frames of another process come when they come; again they come when they came. */
    @Test
    void aRunOnTheHostsNetworkIsTheSameWithoutIt() throws Exception {
        Path messages = folder.resolve("gateway.txt");
        Process gateway =
                Picorn.start(folder.resolve("gateway.out"), messages, "gateway", "--socket", "listen:127.0.0.1:0");
        Picorn.Result recorded;
        try {
            recorded = Picorn.run(
                    "run",
                    "hello-net",
                    "--engine",
                    "java",
                    "--net",
                    "socket=connect:" + address(messages, gateway),
                    "--wall-limit",
                    "100",
                    "--record",
                    file("run.rec"),
                    "--pcap",
                    file("run.pcapng"));
        } finally {
            gateway.destroyForcibly();
        }
        assertThat(recorded.status()).as(recorded.messages()).isZero();
        Picorn.Result replayed = Picorn.run(
                "run", "hello-net", "--engine", "java", "--replay", file("run.rec"), "--pcap", file("again.pcapng"));
        assertThat(replayed.console()).isEqualTo(recorded.console());
        assertThat(table(replayed)).isEqualTo(table(recorded));
        assertSame("run.pcapng", "again.pcapng");
    }

    private static String address(Path messages, Process process) throws IOException {
        while (process.isAlive()) {
            String text = Files.readString(messages);
            int at = text.indexOf("127.0.0.1:");
            if (at >= 0 && text.indexOf('\n', at) > 0) {
                return text.substring(at).split("[^0-9.:]", 2)[0];
            }
            Thread.onSpinWait();
        }
        throw new IOException(Files.readString(messages));
    }

    /** GDB looks at a replay, back and forth, and finds the network as it was. */
    @Test
    void gdbGoesBackInAReplay() throws Exception {
        Picorn.Result recorded = Picorn.run("run", "hello-net", "--engine", "java", "--record", file("run.rec"));
        try (DebuggedRun run = DebuggedRun.start(
                folder, "hello-net", "--halt", "--engine", "java", "--time", "virtual", "--replay", file("run.rec"))) {
            String session = run.gdb(
                    "break ETH_IRQHandler",
                    "continue",
                    "continue",
                    "monitor time",
                    "reverse-continue",
                    "continue",
                    "monitor time",
                    "delete",
                    "continue");
            List<String> times = session.lines()
                    .filter(line -> line.contains(" instructions, "))
                    .toList();
            assertThat(times).hasSize(2).allMatch(times.get(0)::equals);
            assertThat(run.status()).as(run.messages()).isZero();
            assertThat(run.console()).isEqualTo(recorded.console());
        }
    }

    /** What GDB writes no replay could repeat: the recording ends there, and so does its replay. */
    @Test
    void aChangeByGdbEndsTheRecording() throws Exception {
        try (DebuggedRun run =
                DebuggedRun.start(folder, "hello-net", "--halt", "--engine", "java", "--record", file("run.rec"))) {
            run.gdb("break SysTick_Handler", "continue", "set var tick_count = 5", "monitor time", "kill");
            assertThat(run.status()).isZero();
            assertThat(run.messages()).contains("GDB changed something; --record keeps the run up to here");
        }
        Picorn.Result replayed = Picorn.run("run", "hello-net", "--engine", "java", "--replay", file("run.rec"));
        assertThat(replayed.status()).isZero();
        assertThat(replayed.messages()).contains("recorded up to a change by GDB");
    }

    @Test
    void whatCannotBeReplayedIsRefusedInOneLine() throws Exception {
        Picorn.run("run", "hello-net", "--engine", "java", "--limit", "0.2", "--record", file("run.rec"));
        byte[] whole = Files.readAllBytes(folder.resolve("run.rec"));
        refused("another image", "rtos-check", whole);
        refused("no recording", "hello-net", "not a recording at all".getBytes(StandardCharsets.US_ASCII));
        refused("cut off", "hello-net", Arrays.copyOf(whole, whole.length / 2));
        refused("cut off", "hello-net", new byte[0]);
        byte[] later = whole.clone();
        later[11]++;
        refused("version 2", "hello-net", later);
        refused("", "hello-net", Arrays.copyOf(whole, whole.length + 1));
        long seed = 77;
        Random random = new Random(seed);
        for (int i = 0; i < 5; i++) {
            byte[] damaged = whole.clone();
            damaged[12 + random.nextInt(whole.length - 12)] ^= (byte) (1 << random.nextInt(8));
            refused("", "hello-net", damaged);
        }
        refused("leave --seed 9 out", "hello-net", whole, "--seed", "9");
        refused("leave --net out", "hello-net", whole, "--net", "user");
        refused("no host that types", "hello-net", whole, "--uart1", "stdio");
    }

    private void refused(String why, String image, byte[] octets, String... options) throws Exception {
        Path bad = folder.resolve("bad.rec");
        Files.write(bad, octets);
        Stream<String> command = Stream.of("run", image, "--replay", bad.toString());
        Picorn.Result result =
                Picorn.run(Stream.concat(command, Stream.of(options)).toArray(String[]::new));
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.messages().lines().toList())
                .singleElement()
                .asString()
                .contains(why);
    }
}

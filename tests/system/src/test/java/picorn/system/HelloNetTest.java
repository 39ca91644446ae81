// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.Engines;
import picorn.emulator.machine.Outcome;
import picorn.emulator.time.Clock;

/** hello-net drives the Ethernet MAC's DMA and talks to the Java stack. */
class HelloNetTest {
    private static final long LIMIT = 60 * Clock.SECOND;

    static Iterable<EngineProvider> engines() {
        return Engines.all();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void getsALeasePingsTheGatewayAndHasItsDatagramsEchoed(EngineProvider engine) throws Exception {
        FirmwareRun run = FirmwareRun.of(engine, "hello-net", "", LIMIT);
        assertThat(run.outcome()).as(run.serial()).isEqualTo(new Outcome.Exited(0));
        assertThat(run.serial())
                .contains("lease 10.0.2.15/24 gateway 10.0.2.2")
                .contains("ping 1 from 10.0.2.2", "ping 5 from 10.0.2.2")
                .containsPattern("echo 1000 datagrams, [0-9]+ octets, all intact");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void twoRunsGiveTheSameOctets(EngineProvider engine) throws Exception {
        FirmwareRun first = FirmwareRun.of(engine, "hello-net", "", LIMIT);
        FirmwareRun second = FirmwareRun.of(engine, "hello-net", "", LIMIT);
        assertThat(second.serial()).isEqualTo(first.serial());
        assertThat(second.capture()).isEqualTo(first.capture());
        assertThat(second.instructions()).isEqualTo(first.instructions());
    }

    @Test
    void tsharkFindsNoMalformedFrameAndNoBadChecksum(@TempDir Path folder) throws Exception {
        FirmwareRun run = FirmwareRun.of(Engines.all().get(0), "hello-net", "", LIMIT);
        Path file = Files.write(folder.resolve("hello-net.pcapng"), run.capture());
        String all = tshark(file, "eth.addr == 02:00:00:00:00:01");
        assertThat(all.lines().count()).as("frames of the board").isGreaterThan(2000);
        String bad = tshark(
                file,
                "_ws.malformed || _ws.expert.severity == error || ip.checksum.status == Bad || udp.checksum.status == Bad"
                        + " || icmp.checksum.status == Bad");
        assertThat(bad).isEmpty();
    }

    /** The lines that tshark prints for the frames that pass {@code filter}, checksums verified. */
    private static String tshark(Path file, String filter) throws Exception {
        return Tool.TSHARK
                .run(
                        "-r",
                        file.toString(),
                        "-o",
                        "ip.check_checksum:TRUE",
                        "-o",
                        "udp.check_checksum:TRUE",
                        "-Y",
                        filter)
                .lines()
                .filter(line -> !line.startsWith("Running as user"))
                .reduce("", (a, b) -> a + b + "\n");
    }
}

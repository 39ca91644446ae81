// SPDX-License-Identifier: MIT
package picorn.system;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static picorn.junit.PicornAssertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picorn.junit.AllEngines;
import picorn.junit.Board;
import picorn.junit.Console;
import picorn.junit.Network;
import picorn.junit.PicornTest;

/** hello-net drives the Ethernet MAC's DMA and talks to the Java stack. */
@PicornTest(image = "hello-net")
class HelloNetTest {
    private static final Duration LIMIT = ofSeconds(60);

    @AllEngines
    void getsALeasePingsTheGatewayAndHasItsDatagramsEchoed(Board board, Console console) {
        console.awaitLine("lease 10.0.2.15/24 gateway 10.0.2.2", LIMIT);
        console.awaitLine("ping 1 from 10.0.2.2", LIMIT);
        console.awaitLine("ping 5 from 10.0.2.2", LIMIT);
        console.awaitMatch("echo 1000 datagrams, [0-9]+ octets, all intact", LIMIT);
        assertThat(board.awaitExit(LIMIT)).isZero();
    }

    @AllEngines
    void answersPings(Console console, Network net) {
        console.awaitLine("ping 5 from 10.0.2.2", LIMIT);
        for (int i = 0; i < 10; i++) {
            assertThat(net.ping("10.0.2.15")).answersWithin(ofMillis(1));
        }
    }

    @AllEngines
    void setsUpTheMacForTheLinkThatItFinds(Board board, Console console) {
        console.awaitLine("link up 100 Mbit/s full duplex", LIMIT);
        assertThat(board.register("Ethernet_MAC.MACCR"))
                .hasField("FES", 1)
                .hasField("DM", 1)
                .hasField("TE", 1)
                .hasField("RE", 1);
    }

    @Test
    void tsharkFindsNoMalformedFrameAndNoBadChecksum(Board board, @TempDir Path folder) throws Exception {
        board.awaitExit(LIMIT);
        Path file = Files.write(folder.resolve("hello-net.pcapng"), board.capture());
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

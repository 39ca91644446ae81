// SPDX-License-Identifier: MIT
package picorn.system;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picorn.junit.Board;
import picorn.junit.Console;
import picorn.junit.Network;
import picorn.junit.PicornTest;

/**
 * The same user space, octet for octet, on a kernel with TCP/IP and on one whose sockets are those of the socket device: programs print the
 * same, but for times and counters.
 */
@Tag("linux")
@PicornTest(image = "linux-picotcp-min", socketDevice = "full", engine = "java", wallLimitSeconds = 1200)
class NetCheckTest {
    private static final int LARGE = 10_000_000;

    @Test
    @PicornTest(image = "linux-full", engine = "java", wallLimitSeconds = 1200)
    void programsOnTheKernelsOwnTcpIp(Console console, Network net) throws IOException {
        assertThat(NetCheck.run(console, net)).isEqualTo(NetCheck.expected());
    }

    @Test
    void programsOnTheSocketDevicePrintTheSame(Board board, Console console, Network net) throws IOException {
        assertThat(NetCheck.run(console, net)).isEqualTo(NetCheck.expected());
        assertThat(board.hardware().socketDevice().orElseThrow().sockets()).isZero();
    }

    @Test
    @PicornTest(image = "linux-picotcp-min", socketDevice = "client", engine = "java", wallLimitSeconds = 1200)
    void theClientsStackDoesAllButPing(Console console, Network net) throws IOException {
        String pings = NetCheck.expected().substring(0, NetCheck.expected().indexOf("== names"));
        assertThat(NetCheck.run(console, net))
                .startsWith("== ping\nPING 10.0.2.2 (10.0.2.2): 56 data bytes\n"
                        + "ping: can't create raw socket: Socket type not supported\n== names\n")
                .endsWith(NetCheck.expected().substring(pings.length()));
    }

    @Test
    @PicornTest(image = "linux-picotcp-min", socketDevice = "minimal", engine = "java", wallLimitSeconds = 1200)
    void theMinimalStackTalksToOthers(Console console, Network net) throws Exception {
        NetCheckPeer peer = new NetCheckPeer(net.stack(), NetCheck.FILE);
        NetCheck.boot(console);
        console.send(
                "rm -f /etc/resolv.conf; echo nameserver 10.0.2.2 > /etc/resolv.conf; nslookup picorn.test; wget -q -O - http://10.0.2.2/file | md5sum\r");
        console.awaitLine("10.0.2.99", ofSeconds(30));
        console.awaitLine(md5(peer.file), ofSeconds(60));
        console.send("ping 127.0.0.1; wget -O - http://127.0.0.1/\r");
        console.awaitLine("Socket type not supported", ofSeconds(10));
        console.awaitLine("Network unreachable", ofSeconds(10));
    }

    @Test
    void tenMegabytesEachWayUnderLoss(Console console, Network net) throws Exception {
        NetCheckPeer peer = new NetCheckPeer(net.stack(), LARGE);
        NetCheck.boot(console);
        net.impair("loss=2%");
        console.send("wget -q -O /tmp/file http://10.0.2.2/file; md5sum < /tmp/file\r");
        console.awaitLine(md5(peer.file), ofSeconds(600));
        console.send("nc 10.0.2.2 4100 < /tmp/file; echo sent\r");
        console.awaitMatch("(?m)^sent", ofSeconds(600));
        assertThat(peer.sinkEnded).isTrue();
        assertThat(md5(peer.sunk.toByteArray())).isEqualTo(md5(peer.file));
    }

    @Test
    void aProcessThatIsKilledInACallLeavesNoSocket(Board board, Console console, Network net) {
        new NetCheckPeer(net.stack(), NetCheck.FILE);
        NetCheck.boot(console);
        console.send("socket-check killed 10.0.2.2\r");
        console.awaitMatch("(?m)^killed in 32 calls", ofSeconds(120));
        board.run(ofSeconds(1));
        assertThat(board.hardware().socketDevice().orElseThrow().sockets()).isZero();
    }

    private static String md5(byte[] octets) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(octets));
    }
}

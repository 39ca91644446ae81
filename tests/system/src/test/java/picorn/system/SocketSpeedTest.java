// SPDX-License-Identifier: MIT
package picorn.system;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picorn.junit.Board;
import picorn.junit.Console;
import picorn.junit.Network;
import picorn.junit.PicornTest;

/** How quick sockets are, in virtual time, which does not depend on the host: on the kernel's own TCP/IP and on the socket device. */
@Tag("variants")
class SocketSpeedTest {
    private static final int OCTETS = 4_000_000;
    private static final double PICOSECONDS_A_MICROSECOND = 1e6;

    private record Transfer(double megabytesASecond, long instructions) {}

    private record Speed(Transfer received, Transfer sent, int connectionsASecond, double pingMilliseconds) {}

    private static Speed measure(String image, Board board, Console console, Network net) {
        NetCheckPeer peer = new NetCheckPeer(net.stack(), OCTETS);
        NetCheck.boot(console);
        double ping = number(console, "ping -c 3 10.0.2.2", "min/avg/max = [0-9.]+/([0-9.]+)/");
        int connections = (int) number(console, "socket-check rate 10.0.2.2", "([0-9]+) connections in a second");
        int before = console.log().length();
        BooleanSupplier received = () -> console.log().indexOf("received\r", before + 1) > 0;
        Transfer in =
                transfer(board, console, net, "wget -q -O /tmp/file http://10.0.2.2/file && echo 'rec'eived", received);
        Transfer out = transfer(board, console, net, "nc 10.0.2.2 4100 < /tmp/file", () -> peer.sinkEnded);
        assertThat(peer.sunk.toByteArray()).isEqualTo(peer.file);
        Speed speed = new Speed(in, out, connections, ping);
        System.out.println(image + ": " + speed);
        return speed;
    }

    private static double number(Console console, String command, String line) {
        int before = console.log().length();
        console.send(command + "\r");
        console.awaitMatch(line, ofSeconds(60));
        Matcher found = Pattern.compile(line).matcher(console.log());
        assertThat(found.find(before)).as(line).isTrue();
        return Double.parseDouble(found.group(1));
    }

    /** From the guest's first frame on. */
    private static Transfer transfer(Board board, Console console, Network net, String command, BooleanSupplier done) {
        long frames = net.framesSent();
        console.send(command + "\r");
        board.await("a frame", () -> net.framesSent() > frames, ofSeconds(10));
        long time = board.clock().picoseconds();
        long instructions = board.clock().instructions();
        board.await("the last octet", done, ofSeconds(60));
        double microseconds = (board.clock().picoseconds() - time) / PICOSECONDS_A_MICROSECOND;
        return new Transfer(OCTETS / microseconds, board.clock().instructions() - instructions);
    }

    @Test
    @PicornTest(image = "linux-full", engine = "java", wallLimitSeconds = 1200)
    void theKernelsOwnTcpIpFillsTheWire(Board board, Console console, Network net) {
        Speed speed = measure("full", board, console, net);
        assertThat(speed.received.megabytesASecond).isGreaterThan(11);
        assertThat(speed.sent.megabytesASecond).isGreaterThan(11);
    }

    @Test
    @PicornTest(image = "linux-picotcp", socketDevice = "full", engine = "java", wallLimitSeconds = 1200)
    void theSocketDeviceFillsTheWireAndConnectsTenTimesAsOften(Board board, Console console, Network net) {
        quicker(measure("picotcp", board, console, net));
    }

    @Test
    @PicornTest(image = "linux-picotcp-min", socketDevice = "full", engine = "java", wallLimitSeconds = 1200)
    void theSocketDeviceAloneDoesSoToo(Board board, Console console, Network net) {
        quicker(measure("picotcp-min", board, console, net));
    }

    private static void quicker(Speed speed) {
        assertThat(speed.received.megabytesASecond).isGreaterThan(11);
        assertThat(speed.sent.megabytesASecond).isGreaterThan(11);
        assertThat(speed.connectionsASecond).isGreaterThan(9_000);
    }
}

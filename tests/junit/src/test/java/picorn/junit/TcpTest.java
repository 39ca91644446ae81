// SPDX-License-Identifier: MIT
package picorn.junit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static picorn.junit.PicornAssertions.assertThat;
import static picorn.junit.PicornAssertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picorn.emulator.time.Event;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpListener;
import picorn.netstack.tcp.TcpSocket;

/**
 * TCP from the network's side. No firmware here has TCP: at the board's end of the cable a second stack stands in for it, in place of
 * the MAC, in the board's virtual time.
 */
@PicornTest(image = "trouble.elf")
class TcpTest {
    private static final String PEER = "10.0.2.15";
    private static final long POLLED_EACH = 100_000_000L; // picoseconds

    private final Stack peer = new Stack(StackConfig.named("peer").seed(2));

    @BeforeEach
    void plugInThePeer(Board board, Network net) {
        EthernetInterface link = peer.attach(
                new EthernetConfig("eth0", MacAddress.parse("02:00:00:00:00:01"), Ipv4Prefix.parse(PEER + "/24")),
                net.wire().a());
        net.wire().a().connect(link);
        Event[] poll = new Event[1];
        poll[0] = board.machine().events().event("peer", () -> {
            net.drive(() -> peer.poll(board.machine().now() / 1000));
            poll[0].at(board.machine().now() + POLLED_EACH);
        });
        poll[0].at(board.machine().now() + POLLED_EACH);
    }

    /** Sends back each octet, and ends when the other side does. */
    private void echoAt(int port) {
        TcpListener listener = peer.tcp().listen(port, TcpConfig.DEFAULT);
        listener.onReady(() -> listener.accept().ifPresent(TcpTest::echo));
    }

    private static void echo(TcpSocket socket) {
        byte[] octets = new byte[1000];
        Runnable pass = () -> {
            int length = socket.read(octets, 0, Math.min(octets.length, socket.writable()));
            while (length > 0) {
                socket.write(octets, 0, length);
                length = socket.read(octets, 0, Math.min(octets.length, socket.writable()));
            }
            if (length < 0) {
                socket.close();
            }
        };
        socket.onReady(pass);
        pass.run();
    }

    @Test
    void whatIsSentComesBackLineByLine(Network net) {
        echoAt(7);
        try (TcpConnection connection = net.tcp(PEER, 7, ofMillis(10))) {
            connection.send("one\r\ntwo\nthree", ofMillis(10));
            assertThat(connection.awaitLine(ofMillis(50))).isEqualTo("one");
            assertThat(connection.awaitLine(ofMillis(50))).isEqualTo("two");
            assertThat(connection.await(2, ofMillis(50))).isEqualTo("th".getBytes(US_ASCII));
            connection.shutdownOutput();
            assertThat(connection.awaitEnd(ofMillis(50))).isEqualTo("ree".getBytes(US_ASCII));
        }
    }

    @Test
    void moreThanTheBuffersHoldPassesUnaltered(Network net) {
        echoAt(7);
        byte[] data = new byte[60_000];
        new Random(1).nextBytes(data);
        TcpConnection connection = net.tcp(PEER, 7, ofMillis(10));
        connection.send(data, ofSeconds(1));
        assertThat(connection.await(data.length, ofSeconds(1))).isEqualTo(data);
    }

    @Test
    void theBoardIsWaitedForAtAPort(Network net) {
        try (TcpPort log = net.listen(514)) {
            assertThat(log.number()).isEqualTo(514);
            TcpSocket socket =
                    peer.tcp().connect(Ipv4Prefix.parse("10.0.2.2/24").address(), 514, TcpConfig.DEFAULT);
            socket.write("booted\n".getBytes(US_ASCII), 0, 7);
            assertThat(log.accept(ofMillis(50)).awaitLine(ofMillis(50))).isEqualTo("booted");
        }
    }

    @Test
    void waitingInVainSaysForWhat(Network net) {
        echoAt(7);
        assertThatThrownBy(() -> net.tcp(PEER, 80, ofMillis(10)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("expected a TCP connection to 10.0.2.15:80 within 10 ms, but it was refused");
        assertThatThrownBy(() -> net.tcp("10.0.2.99", 80, ofMillis(10)))
                .hasMessage("expected a TCP connection to 10.0.2.99:80 within 10 ms, but that time has passed");
        assertThatThrownBy(() -> net.listen(514).accept(ofMillis(3)))
                .hasMessage("expected a connection to TCP port 514 within 3 ms, but that time has passed");
        TcpConnection connection = net.tcp(PEER, 7, ofMillis(10));
        connection.send("half", ofMillis(1));
        assertThatThrownBy(() -> connection.awaitLine(ofMillis(3)))
                .hasMessage("expected a line from 10.0.2.15:7 within 3 ms, but that time has passed");
        connection.shutdownOutput();
        assertThatThrownBy(() -> connection.await(5, ofMillis(50)))
                .hasMessage("expected 5 octets from 10.0.2.15:7 within 50 ms, but it was ended after 4");
    }

    @Test
    void aResetIsNamed(Network net) {
        TcpListener listener = peer.tcp().listen(9, TcpConfig.DEFAULT);
        listener.onReady(() -> listener.accept().ifPresent(TcpSocket::abort));
        TcpConnection connection = net.tcp(PEER, 9, ofMillis(10));
        assertThatThrownBy(() -> connection.await(1, ofMillis(10)))
                .hasMessage("expected 1 octets from 10.0.2.15:9 within 10 ms, but it was reset");
    }
}

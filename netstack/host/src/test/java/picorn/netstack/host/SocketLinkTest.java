// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.icmp.PingResult;
import picorn.netstack.icmp.PingSocket;
import picorn.netstack.stack.StackConfig;

/** Frames over sockets, in the form that QEMU's net/stream.c and net/dgram.c give them. */
@Timeout(60)
class SocketLinkTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final long SECOND = 1_000_000_000L;

    private final byte[] frame = new byte[HostLink.LARGEST_FRAME];

    private byte[] awaitFrame(HostLink link) throws IOException {
        int length = link.take(frame);
        while (length == 0) {
            link.await(SECOND);
            length = link.take(frame);
        }
        return Arrays.copyOf(frame, length);
    }

    private static byte[] random(int length) {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        return octets;
    }

    private static Socket client(StreamLink link) throws IOException {
        InetSocketAddress at = (InetSocketAddress) link.listensAt().orElseThrow();
        return new Socket(at.getAddress(), at.getPort());
    }

    @Test
    void eachFrameIsBehindItsLengthInFourOctetsBigEndian() throws Exception {
        try (StreamLink link = StreamLink.listen(ANY_PORT);
                Socket qemu = client(link)) {
            qemu.getOutputStream().write(new byte[] {0, 0, 0, 3, 7, 8, 9, 0, 0, 0, 1, 5});
            assertThat(awaitFrame(link)).containsExactly(7, 8, 9);
            assertThat(awaitFrame(link)).containsExactly(5);
            link.receive(new byte[] {0, 1, 2, 3}, 1, 2, 0);
            assertThat(qemu.getInputStream().readNBytes(6)).containsExactly(0, 0, 0, 2, 1, 2);
        }
    }

    @Test
    void framesOfAllLengthsComeThroughHoweverTheStreamIsCut() throws Exception {
        try (StreamLink link = StreamLink.listen(ANY_PORT);
                Socket qemu = client(link)) {
            DataOutputStream out = new DataOutputStream(qemu.getOutputStream());
            Thread writer = new Thread(() -> {
                try {
                    for (int length = 1; length <= HostLink.LARGEST_FRAME; length = 3 * length + 1) {
                        out.writeInt(length); // octet by octet
                        out.write(random(length));
                    }
                    out.writeInt(HostLink.LARGEST_FRAME);
                    out.write(random(HostLink.LARGEST_FRAME));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            writer.start();
            for (int length = 1; length <= HostLink.LARGEST_FRAME; length = 3 * length + 1) {
                assertThat(awaitFrame(link)).isEqualTo(random(length));
            }
            assertThat(awaitFrame(link)).isEqualTo(random(HostLink.LARGEST_FRAME));
            writer.join();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_537, 0x4745_5420})
    void peerThatSpeaksSomethingElseIsLeftAndTheNextOneServed(int prefix) throws Exception {
        try (StreamLink link = StreamLink.listen(ANY_PORT)) {
            try (Socket stranger = client(link)) {
                new DataOutputStream(stranger.getOutputStream()).writeInt(prefix);
                while (link.take(frame) == 0 && stranger.getInputStream().available() == 0 && !left(link, stranger)) {
                    link.await(SECOND / 100);
                }
            }
            try (Socket qemu = client(link)) {
                qemu.getOutputStream().write(new byte[] {0, 0, 0, 1, 42});
                assertThat(awaitFrame(link)).containsExactly(42);
            }
        }
    }

    /** Whether the link has closed its end. */
    private static boolean left(StreamLink link, Socket stranger) throws IOException {
        stranger.setSoTimeout(1);
        try {
            return stranger.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (java.net.SocketException e) {
            return true;
        }
    }

    @Test
    void clientThatLosesItsServerIsTold() throws Exception {
        StreamLink server = StreamLink.listen(ANY_PORT);
        try (StreamLink client = StreamLink.connect(server.listensAt().orElseThrow())) {
            client.receive(new byte[] {1}, 0, 1, 0);
            assertThat(awaitFrame(server)).containsExactly(1);
            server.close();
            assertThatThrownBy(() -> awaitFrame(client)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void peerThatDoesNotReadLosesFramesAndHoldsNobodyUp() throws Exception {
        try (StreamLink link = StreamLink.listen(ANY_PORT);
                Socket qemu = client(link)) {
            link.await(SECOND);
            link.take(frame);
            byte[] sent = random(60_000);
            while (link.dropped() == 0) {
                link.receive(sent, 0, sent.length, 0);
            }
            DataInputStream in = new DataInputStream(qemu.getInputStream());
            assertThat(in.readInt()).isEqualTo(sent.length);
            assertThat(in.readNBytes(sent.length)).isEqualTo(sent);
        }
    }

    @Test
    void unixSocketIsRemovedInTheEnd(@TempDir Path folder) throws Exception {
        SocketAddress at = UnixDomainSocketAddress.of(folder.resolve("net"));
        try (StreamLink server = StreamLink.listen(at);
                StreamLink client = StreamLink.connect(at)) {
            client.receive(new byte[] {4, 5}, 0, 2, 0);
            assertThat(awaitFrame(server)).containsExactly(4, 5);
        }
        assertThat(Files.exists(folder.resolve("net"))).isFalse();
    }

    private static InetSocketAddress freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(ANY_PORT)) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }

    @Test
    void datagramIsAFrameAndStrangersAreNotHeard() throws Exception {
        InetSocketAddress one = freePort();
        InetSocketAddress two = freePort();
        try (HostLink first = DatagramLink.between(one, two)) {
            first.receive(new byte[] {9}, 0, 1, 0); // nobody is there yet
            try (HostLink second = DatagramLink.between(two, one);
                    DatagramSocket stranger = new DatagramSocket(ANY_PORT)) {
                stranger.send(new java.net.DatagramPacket(new byte[] {6}, 1, one));
                second.receive(new byte[] {0, 1, 2}, 1, 2, 0);
                assertThat(awaitFrame(first)).containsExactly(1, 2);
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void datagramOfAUnixSocketIsAFrame(@TempDir Path folder) throws Exception {
        try (UnixDatagramLink first = UnixDatagramLink.between(folder.resolve("a"), folder.resolve("b"))) {
            first.receive(new byte[] {9}, 0, 1, 0);
            assertThat(first.dropped()).as("nobody is there yet").isEqualTo(1);
            try (HostLink second = UnixDatagramLink.between(folder.resolve("b"), folder.resolve("a"))) {
                byte[] large = random(9000);
                second.receive(large, 1, 8000, 0);
                assertThat(awaitFrame(first)).isEqualTo(Arrays.copyOfRange(large, 1, 8001));
            }
            assertThatThrownBy(() -> UnixDatagramLink.between(folder.resolve("a"), folder.resolve("b")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("remove it if nobody uses it");
        }
        assertThat(folder).isEmptyDirectory();
    }

    private static HostStack stack(int number, HostLink link) {
        StackConfig config = StackConfig.named("station " + number).seed(number).memory(4 << 20);
        return HostStack.start(
                config,
                new EthernetConfig(
                        "eth0",
                        new MacAddress(0x0200_0000_0000L + number),
                        Ipv4Prefix.parse("10.0.9." + number + "/24")),
                link);
    }

    @Test
    void stacksAtBothEndsPingEachOther() throws Exception {
        StreamLink server = StreamLink.listen(ANY_PORT);
        try (HostStack one = stack(1, server);
                HostStack two = stack(2, StreamLink.connect(server.listensAt().orElseThrow()))) {
            PingSocket ping = two.call(stack -> stack.icmp().ping());
            two.call(stack -> ping.send(Ipv4Address.parse("10.0.9.1"), 56, 10 * SECOND));
            PingResult result = two.await(stack -> ping.result(), Duration.ofSeconds(20));
            assertThat(result.outcome()).isEqualTo(PingResult.Outcome.ANSWERED);
            String report = one.call(stack -> stack.report());
            assertThat(report).contains("eth0");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "listen:", "listen:7000", "connect:h:99999", "dgram:127.0.0.1:1", "dgram:unix:a,127.0.0.1:1"
            })
    void whatIsNoSocketIsSaidInOneLine(String text) {
        assertThatThrownBy(() -> FrameSocket.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("listen:ADDRESS");
    }

    @Test
    void socketsAreReadAsUsersWriteThem() {
        assertThat(FrameSocket.parse("listen:127.0.0.1:7000"))
                .isEqualTo(new FrameSocket.Listen(new InetSocketAddress("127.0.0.1", 7000)));
        assertThat(FrameSocket.parse("connect:unix:/run/net"))
                .isEqualTo(new FrameSocket.Connect(UnixDomainSocketAddress.of("/run/net")));
        assertThat(FrameSocket.parse("dgram:127.0.0.1:1,127.0.0.1:2"))
                .isEqualTo(new FrameSocket.Datagrams(
                        new InetSocketAddress("127.0.0.1", 1), new InetSocketAddress("127.0.0.1", 2)));
        assertThat(FrameSocket.parse("dgram:unix:/run/a,unix:/run/b"))
                .isEqualTo(new FrameSocket.UnixDatagrams(Path.of("/run/a"), Path.of("/run/b")));
    }
}

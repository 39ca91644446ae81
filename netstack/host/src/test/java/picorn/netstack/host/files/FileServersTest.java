// SPDX-License-Identifier: MIT
package picorn.netstack.host.files;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.link.Network;
import picorn.netstack.link.Wire;
import picorn.netstack.service.UserGateway;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

/** A guest that reads files by TFTP (RFC 1350, 2347 to 2349) and HTTP (RFC 9110), and tries to read others. */
@Timeout(120)
class FileServersTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long STEP = 100_000;
    private static final Ipv4Address GATEWAY = UserGateway.ADDRESS.address();

    @TempDir
    private Path outside;

    private Path root;
    private final Wire wire = new Wire();
    private final UserGateway gateway = UserGateway.transparent(wire.b(), 1);
    private final Stack guest =
            new Stack(StackConfig.client().called("guest").seed(2).memory(64 << 20));
    private final Network network = new Network(wire, gateway, guest);
    private final UdpDatagram in = new UdpDatagram(new byte[2048]);
    private final UdpDatagram out = new UdpDatagram(new byte[2048]);
    private UdpSocket udp;
    private long now;

    @BeforeEach
    void serve() throws IOException {
        wire.a()
                .connect(guest.attach(
                        new EthernetConfig(
                                "eth0", MacAddress.parse("02:00:00:00:00:15"), Ipv4Prefix.parse("10.0.2.15/24")),
                        wire.a()));
        root = Files.createDirectory(outside.resolve("shared"));
        new GatewayFiles(Optional.of(root), Optional.of(root), Optional.empty()).serve(gateway);
        udp = guest.udp().bind(65536);
    }

    private void until(BooleanSupplier condition) {
        for (int steps = 0; !condition.getAsBoolean(); steps++) {
            assertThat(steps).as("steps").isLessThan(1_000_000);
            now += STEP;
            network.poll(now);
        }
    }

    private void pass(long nanoseconds) {
        now += nanoseconds;
        network.poll(now);
    }

    private byte[] file(String name, int length) throws IOException {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        Files.write(root.resolve(name), octets);
        return octets;
    }

    private void send(int port, byte[] packet) {
        System.arraycopy(packet, 0, out.buffer(), 0, packet.length);
        udp.send(out.to(GATEWAY, port).length(packet.length));
    }

    /** A request with strings that end with zeros. */
    private static byte[] request(int opcode, String... strings) {
        return ("\0" + (char) opcode + String.join("\0", strings) + "\0").getBytes(US_ASCII);
    }

    private byte[] answer() {
        until(() -> udp.receive(in));
        return Arrays.copyOf(in.buffer(), in.length());
    }

    private void acknowledge(int block) {
        send(in.port(), new byte[] {0, 4, (byte) (block >> 8), (byte) block});
    }

    /** The whole file from the block that comes next on. */
    private byte[] fetch(int blockSize) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int length = blockSize;
        for (int block = 1; length == blockSize; block++) {
            byte[] data = answer();
            assertThat(Arrays.copyOf(data, 4)).containsExactly(0, 3, block >> 8 & 0xFF, block & 0xFF);
            length = data.length - 4;
            all.write(data, 4, length);
            acknowledge(block & 0xFFFF);
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 10_240, 100_001})
    void fileComesInBlocksOf512Octets(int length) throws Exception {
        byte[] content = file("f", length);
        send(69, request(1, "f", "octet"));
        assertThat(fetch(512)).isEqualTo(content);
        pass(10 * SECOND);
        assertThat(udp.receive(in)).as("something after the end").isFalse();
    }

    @Test
    void optionsAreAcknowledgedAsFarAsTheyAreTaken() throws Exception {
        byte[] content = file("f", 5000);
        send(69, request(1, "f", "OCTET", "BLKSIZE", "1000", "tsize", "0", "timeout", "3", "windowsize", "4"));
        assertThat(new String(answer(), US_ASCII)).isEqualTo("\0\6blksize\0001000\0tsize\0005000\0timeout\0003\0");
        acknowledge(0);
        assertThat(fetch(1000)).isEqualTo(content);
    }

    @Test
    void blockIsNotLargerThanAFrameHolds() throws Exception {
        byte[] content = file("f", 5000);
        send(69, request(1, "f", "octet", "blksize", "65464"));
        assertThat(new String(answer(), US_ASCII)).isEqualTo("\0\6blksize\0001468\0");
        acknowledge(0);
        assertThat(fetch(1468)).isEqualTo(content);
    }

    @Test
    void blockNumbersGoRound() throws Exception {
        byte[] content = file("f", 8 * 65_540 + 3);
        send(69, request(1, "f", "octet", "blksize", "8"));
        answer();
        acknowledge(0);
        assertThat(fetch(8)).isEqualTo(content);
    }

    @Test
    void lostBlockComesAgainAndADoubledAcknowledgementDoublesNothing() throws Exception {
        file("f", 2000);
        send(69, request(1, "f", "octet"));
        byte[] first = answer();
        pass(SECOND);
        assertThat(answer()).isEqualTo(first);
        acknowledge(1);
        acknowledge(1);
        assertThat(answer()).startsWith(0, 3, 0, 2);
        pass(SECOND / 2);
        assertThat(udp.receive(in)).isFalse();
    }

    @Test
    void clientThatIsGoneIsForgotten() throws Exception {
        file("f", 2000);
        send(69, request(1, "f", "octet"));
        until(() -> tftp("transfers") == 1);
        pass(60 * SECOND);
        assertThat(tftp("transfers")).isZero();
    }

    private long tftp(String name) {
        return gateway.stack().counters().counters().getOrDefault("tftp." + name, 0L);
    }

    @Test
    void strangerIsToldAndTheTransferGoesOn() throws Exception {
        byte[] content = file("f", 600);
        send(69, request(1, "f", "octet"));
        until(() -> tftp("transfers") == 1);
        UdpSocket stranger = guest.udp().bind(4096);
        until(() -> udp.receive(in));
        byte[] block = Arrays.copyOf(in.buffer(), in.length());
        stranger.send(
                new UdpDatagram(new byte[] {0, 4, 0, 1}).to(GATEWAY, in.port()).length(4));
        UdpDatagram told = new UdpDatagram(new byte[100]);
        until(() -> stranger.receive(told));
        assertThat(told.buffer()).startsWith(0, 5, 0, 5);
        acknowledge(1);
        byte[] second = answer();
        assertThat(block.length + second.length - 8).isEqualTo(content.length);
    }

    @Test
    void errorsAreNotAnswered() throws Exception {
        byte[] error = {0, 5, 0, 0, 'x', 0};
        send(69, error);
        pass(SECOND / 2);
        assertThat(udp.receive(in)).as("an answer of the server").isFalse();
        file("f", 600);
        send(69, request(1, "f", "octet"));
        answer();
        UdpSocket stranger = guest.udp().bind(4096);
        stranger.send(new UdpDatagram(error).to(GATEWAY, in.port()).length(error.length));
        pass(SECOND / 2);
        assertThat(stranger.receive(in)).as("an answer of the transfer").isFalse();
        assertThat(tftp("transfers")).isEqualTo(1);
    }

    @Test
    void filesAreReadOnlyAndInOctets() throws Exception {
        file("f", 10);
        send(69, request(2, "f", "octet"));
        assertThat(answer()).startsWith(0, 5, 0, 2);
        send(69, request(1, "f", "netascii"));
        assertThat(answer()).startsWith(0, 5, 0, 0);
        send(69, new byte[] {0, 1, 'f'});
        assertThat(answer()).startsWith(0, 5, 0, 4);
        assertThat(root.resolve("f")).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "/../secret",
                "a/../../secret",
                "link",
                "folder/secret",
                "",
                ".",
                "nothing",
                "..\\secret"
            })
    void nothingOutsideTheDirectoryIsServed(String name) throws Exception {
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createDirectory(root.resolve("a"));
        Files.createSymbolicLink(root.resolve("link"), outside.resolve("secret"));
        Files.createSymbolicLink(root.resolve("folder"), outside);
        send(69, request(1, name, "octet"));
        assertThat(answer()).startsWith(0, 5, 0, 1);
        assertThat(get("GET /" + name.replace("\\", "%5c") + " HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ");
        assertThat(get("GET /" + name.replace(".", "%2e").replace("/", "%2f").replace("\\", "%5C")
                        + " HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ");
    }

    @Test
    void linkWithinTheDirectoryIsFollowedAndOtherKindsOfFilesAreNot() throws Exception {
        byte[] content = file("f", 5);
        Files.createSymbolicLink(root.resolve("same"), root.resolve("f"));
        SharedDirectory directory = SharedDirectory.of(root);
        try (var channel = directory.open("/same")) {
            assertThat(channel.size()).isEqualTo(content.length);
        }
        assertThatThrownBy(() -> SharedDirectory.of(root.resolve("f"))).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> SharedDirectory.of(Path.of("/dev")).open("zero"))
                .isInstanceOf(NoSuchFileException.class);
    }

    private byte[] getOctets(TcpSocket socket, String request) {
        byte[] octets = request.getBytes(US_ASCII);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        int[] sent = new int[1];
        until(() -> {
            sent[0] += socket.write(octets, sent[0], octets.length - sent[0]);
            int count = socket.read(chunk, 0, chunk.length);
            for (; count > 0; count = socket.read(chunk, 0, chunk.length)) {
                all.write(chunk, 0, count);
            }
            return count < 0 || socket.failure().isPresent();
        });
        socket.close();
        return all.toByteArray();
    }

    private String get(String request) {
        return new String(getOctets(guest.tcp().connect(GATEWAY, 80, TcpConfig.DEFAULT), request), US_ASCII);
    }

    private static byte[] body(byte[] answer) {
        int at = new String(answer, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        return Arrays.copyOfRange(answer, at, answer.length);
    }

    @Test
    void twoMegabytesComeByHttp() throws Exception {
        byte[] content = file("a file+", 2_000_000);
        byte[] answer = getOctets(
                guest.tcp().connect(GATEWAY, 80, TcpConfig.DEFAULT),
                "GET http://gateway/a%20file+?x=1 HTTP/1.1\r\nHost: gateway\r\n\r\n");
        assertThat(new String(answer, 0, 100, US_ASCII))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Content-Length: 2000000\r\n");
        assertThat(Arrays.equals(body(answer), content)).isTrue();
    }

    @Test
    void methodsAndRequestsThatAreNotServedAreAnswered() throws Exception {
        Files.writeString(root.resolve("index.html"), "It works.");
        assertThat(get("GET / HTTP/1.0\n\n")).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\nIt works.");
        assertThat(get("HEAD / HTTP/1.0\r\n\r\n")).contains("Content-Length: 9").endsWith("\r\n\r\n");
        assertThat(get("PUT / HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 405 ");
        assertThat(get("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(get("\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(get("\n\n")).startsWith("HTTP/1.1 400 ");
        assertThat(get("GET /%zz HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(get("GET /%00 HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 404 ");
        assertThat(get("GET / HTTP/1.0\r\nx: " + "y".repeat(9000))).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void fileBeyondTwoGigabytesIsServed() throws Exception {
        long size = 5L << 30;
        try (RandomAccessFile sparse = new RandomAccessFile(root.resolve("huge").toFile(), "rw")) {
            sparse.setLength(size);
            sparse.seek(size - 3);
            sparse.write("end".getBytes(US_ASCII));
        }
        assertThat(get("HEAD /huge HTTP/1.0\r\n\r\n")).contains("Content-Length: 5368709120\r\n");
        assertThat(get("GET /huge HTTP/1.0\r\nRange: bytes=" + (size - 3) + "-\r\n\r\n"))
                .startsWith("HTTP/1.1 206 ")
                .contains("Content-Range: bytes 5368709117-5368709119/5368709120\r\n")
                .endsWith("\r\n\r\nend");
        send(69, request(1, "huge", "octet", "tsize", "0"));
        assertThat(new String(answer(), US_ASCII)).isEqualTo("\0\6tsize\0005368709120\0");
    }

    @Test
    void fiftyClientsAreServedAtOnce() throws Exception {
        byte[] content = file("f", 50_000);
        List<TcpSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            sockets.add(guest.tcp().connect(GATEWAY, 80, TcpConfig.DEFAULT));
            pass(STEP);
        }
        for (TcpSocket socket : sockets) {
            assertThat(body(getOctets(socket, "GET /f HTTP/1.0\r\n\r\n"))).isEqualTo(content);
        }
        until(() -> gateway.stack().counters().counters().get("http.connections") == 0);
    }

    private long http(String name) {
        return gateway.stack().counters().counters().get("http." + name);
    }

    @Test
    void clientWhoseRequestIsNotWholeAfterAMinuteIsGivenUp() {
        TcpSocket silent = guest.tcp().connect(GATEWAY, 80, TcpConfig.DEFAULT);
        TcpSocket slow = guest.tcp().connect(GATEWAY, 80, TcpConfig.DEFAULT);
        until(() -> http("connections") == 2);
        for (int second = 0; second < 59; second++) {
            slow.write(new byte[] {'x'}, 0, 1);
            pass(SECOND);
        }
        assertThat(http("connections")).isEqualTo(2);
        pass(SECOND);
        assertThat(http("connections")).isZero();
        assertThat(http("given-up")).isEqualTo(2);
        until(() -> silent.failure().isPresent() && slow.failure().isPresent());
    }

    @Test
    void clientThatTakesNothingOfItsAnswerForAMinuteIsGivenUp() throws Exception {
        file("f", 10_000_000);
        TcpSocket socket = guest.tcp().connect(GATEWAY, 80, TcpConfig.DEFAULT);
        byte[] request = "GET /f HTTP/1.0\r\n\r\n".getBytes(US_ASCII);
        until(() -> socket.write(request, 0, request.length) > 0);
        byte[] chunk = new byte[300_000];
        for (int part = 0; part < 3; part++) {
            until(() -> socket.read(chunk, 0, chunk.length) > 0);
            pass(50 * SECOND);
        }
        assertThat(http("connections"))
                .as("one that takes something now and then")
                .isEqualTo(1);
        pass(60 * SECOND);
        assertThat(http("connections")).isZero();
        assertThat(http("given-up")).isEqualTo(1);
    }

    @Test
    void directoryThatIsNoneIsSaid() {
        assertThatThrownBy(() -> new GatewayFiles(Optional.of(root.resolve("no")), Optional.empty(), Optional.empty())
                        .serve(gateway))
                .isInstanceOf(NotDirectoryException.class)
                .hasMessageContaining("create it or name another");
    }
}

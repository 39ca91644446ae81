// SPDX-License-Identifier: MIT
package picorn.netstack.host.kernel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.SplittableRandom;
import picorn.netstack.host.TcpServer;
import picorn.netstack.host.TcpStream;
import picorn.netstack.host.namespace.Shell;
import picorn.netstack.host.testing.Waiting;
import picorn.netstack.tcp.TcpConfig;

/** What is done over TCP with the Linux kernel; every octet is compared by its hash. */
final class TcpScenarios {
    private static final int PORT = 4000;
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final int BUFFER = 256 * 1024;
    static final TcpConfig CONFIG =
            TcpConfig.DEFAULT.receiveBuffer(BUFFER).sendBuffer(BUFFER).backlog(256);
    private static final TcpConfig SMALL = TcpConfig.DEFAULT.backlog(256);

    private final KernelNetwork network;

    TcpScenarios(KernelNetwork network) {
        this.network = network;
    }

    private static String hash(byte[] octets) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(octets));
    }

    private static String hash(InputStream in) throws Exception {
        DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("MD5"));
        digest.transferTo(OutputStream.nullOutputStream());
        return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    }

    static byte[] octets(long seed, int length) {
        byte[] octets = new byte[length];
        new SplittableRandom(seed).nextBytes(octets);
        return octets;
    }

    /** The kernel connects; both ends send at the same time and half-close. */
    void kernelConnectsAndBothSend(int length) throws Exception {
        try (TcpServer server = TcpServer.listen(network.host(), PORT, CONFIG);
                Socket socket = new Socket(KernelNetwork.US, PORT);
                TcpStream stream = server.accept()) {
            bothSend(socket, stream, length);
        }
    }

    /** We connect; both ends send at the same time and half-close. */
    void weConnectAndBothSend(int length) throws Exception {
        try (ServerSocket server = new ServerSocket(PORT);
                TcpStream stream = TcpStream.connect(network.host(), KernelNetwork.kernel(), PORT, PATIENT, CONFIG);
                Socket socket = server.accept()) {
            bothSend(socket, stream, length);
        }
    }

    private static void bothSend(Socket socket, TcpStream stream, int length) throws Exception {
        byte[] ours = octets(1, length);
        byte[] theirs = octets(2, length);
        Waiting<String> atKernel = Waiting.start(() -> hash(socket.getInputStream()));
        Waiting<String> atUs = Waiting.start(() -> hash(stream.input()));
        Waiting<Void> kernelSends = Waiting.start(() -> {
            socket.getOutputStream().write(theirs);
            socket.shutdownOutput();
            return null;
        });
        stream.output().write(ours);
        stream.shutdownOutput();
        assertThat(atKernel.resultOrFailure()).as("from us to the kernel").isEqualTo(hash(ours));
        assertThat(atUs.resultOrFailure()).as("from the kernel to us").isEqualTo(hash(theirs));
        kernelSends.resultOrFailure();
    }

    /** Connections that are open at the same time, each an echo of octets of its own. */
    void kernelOpensConnections(int connections, int length) throws Exception {
        try (TcpServer server = TcpServer.listen(network.host(), PORT, SMALL)) {
            Waiting.start(() -> {
                while (true) {
                    TcpStream client = server.accept();
                    Waiting.start(() -> echo(client.input(), client.output(), client));
                }
            });
            Waiting.inThreads(connections, thread -> {
                try (Socket socket = new Socket(KernelNetwork.US, PORT)) {
                    byte[] sent = octets(thread, length);
                    Waiting<byte[]> back =
                            Waiting.start(() -> socket.getInputStream().readNBytes(length));
                    socket.getOutputStream().write(sent);
                    assertThat(hash(back.resultOrFailure()))
                            .as("connection " + thread)
                            .isEqualTo(hash(sent));
                }
            });
        }
    }

    /** The same the other way round. */
    void weOpenConnections(int connections, int length) throws Exception {
        try (ServerSocket server = new ServerSocket(PORT, connections)) {
            Waiting.start(() -> {
                while (true) {
                    Socket client = server.accept();
                    Waiting.start(() -> echo(client.getInputStream(), client.getOutputStream(), client));
                }
            });
            Waiting.inThreads(connections, thread -> {
                try (TcpStream stream =
                        TcpStream.connect(network.host(), KernelNetwork.kernel(), PORT, PATIENT, SMALL)) {
                    byte[] sent = octets(thread, length);
                    Waiting<byte[]> back = Waiting.start(() -> stream.input().readNBytes(length));
                    stream.output().write(sent);
                    assertThat(hash(back.resultOrFailure()))
                            .as("connection " + thread)
                            .isEqualTo(hash(sent));
                }
            });
        }
    }

    private static Void echo(InputStream in, OutputStream out, AutoCloseable connection) throws Exception {
        try (connection) {
            in.transferTo(out);
        }
        return null;
    }

    /** A file that curl fetches, and one that it brings. */
    void curlFetchesAndBrings(Path folder, int length) throws Exception {
        byte[] page = octets(3, length);
        Path file = folder.resolve("page");
        String url = "http://" + KernelNetwork.US + "/page";
        try (TcpServer server = TcpServer.listen(network.host(), 80, CONFIG)) {
            Waiting<Void> get = Waiting.start(() -> serve(server, page));
            Shell.run("curl -s -S -o " + file + " " + url);
            get.resultOrFailure();
            assertThat(hash(Files.readAllBytes(file))).isEqualTo(hash(page));
            Waiting<String> put = Waiting.start(() -> takeUpload(server, length));
            Shell.run("curl -s -S -H Expect: -T " + file + " " + url);
            assertThat(put.resultOrFailure()).isEqualTo(hash(page));
        }
    }

    private static Void serve(TcpServer server, byte[] page) throws IOException {
        try (TcpStream client = server.accept()) {
            readHead(client.input());
            client.output()
                    .write(("HTTP/1.0 200 OK\r\nContent-Length: " + page.length + "\r\n\r\n").getBytes(US_ASCII));
            client.output().write(page);
            return null;
        }
    }

    private static String takeUpload(TcpServer server, int length) throws Exception {
        try (TcpStream client = server.accept()) {
            readHead(client.input());
            String hash = hash(client.input().readNBytes(length));
            client.output().write("HTTP/1.0 201 Created\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
            return hash;
        }
    }

    private static void readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
    }

    /** iperf3's client beside our server; returns what it says. */
    String iperf(String options) throws Exception {
        IperfServer server = new IperfServer(network.host(), CONFIG);
        Waiting<Long> served = Waiting.start(server::serveOne);
        String says = Shell.run("iperf3 -c " + KernelNetwork.US + " -f m " + options);
        assertThat(served.resultOrFailure()).isPositive();
        return says;
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.dhcp.DhcpMessage;
import picorn.netstack.dhcp.DhcpMessageType;
import picorn.netstack.dhcp.DhcpOption;
import picorn.netstack.dhcp.DhcpOptions;
import picorn.netstack.ip.ErrorKind;
import picorn.netstack.octets.Octets;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpFailure;
import picorn.netstack.tcp.TcpListener;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.tcp.TcpState;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpError;
import picorn.netstack.udp.UdpSocket;

class HostGatewayTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int MEGABYTE = 1 << 20;

    private static byte[] random(int length) {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        return octets;
    }

    private interface Body<T> {
        T run() throws IOException;
    }

    private static <T> CompletableFuture<T> host(Body<T> body) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return body.run();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                },
                task -> {
                    Thread thread = new Thread(task, "test host");
                    thread.setDaemon(true);
                    thread.start();
                });
    }

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 500, LOOPBACK);
    }

    private static TcpSocket connect(Scene scene, int port) {
        return scene.guest.tcp().connect(Scene.GATEWAY, port, TcpConfig.DEFAULT);
    }

    /** What the peer sends until it ends. */
    private static byte[] readToEnd(Scene scene, TcpSocket socket) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        boolean[] ended = new boolean[1];
        scene.until(() -> {
            int count = socket.read(chunk, 0, chunk.length);
            for (; count > 0; count = socket.read(chunk, 0, chunk.length)) {
                all.write(chunk, 0, count);
            }
            ended[0] = count < 0;
            return ended[0] || socket.failure().isPresent();
        });
        assertThat(ended[0]).as("ended by FIN").isTrue();
        return all.toByteArray();
    }

    private static void writeAll(Scene scene, TcpSocket socket, byte[] octets) {
        int[] written = new int[1];
        scene.until(() -> {
            written[0] += socket.write(octets, written[0], octets.length - written[0]);
            return written[0] == octets.length;
        });
    }

    @Test
    void tenMegabytesComeThroughUnaltered() throws Exception {
        byte[] sent = random(10 * MEGABYTE);
        try (ServerSocket server = server();
                Scene scene = new Scene(Scene.WITH_LOOPBACK).start()) {
            host(() -> {
                try (Socket client = server.accept()) {
                    client.getOutputStream().write(sent);
                    client.shutdownOutput();
                    return client.getInputStream().read();
                }
            });
            TcpSocket socket = connect(scene, server.getLocalPort());
            byte[] received = readToEnd(scene, socket);
            assertThat(Arrays.equals(received, sent)).isTrue();
            socket.close();
            scene.until(() -> scene.host.flows() == 0);
        }
    }

    @Test
    void tenMegabytesGoOutUnaltered() throws Exception {
        byte[] sent = random(10 * MEGABYTE);
        try (ServerSocket server = server();
                Scene scene = new Scene(Scene.WITH_LOOPBACK).start()) {
            CompletableFuture<byte[]> received = host(() -> {
                try (Socket client = server.accept()) {
                    return client.getInputStream().readAllBytes();
                }
            });
            TcpSocket socket = connect(scene, server.getLocalPort());
            writeAll(scene, socket, sent);
            socket.close();
            scene.until(received::isDone);
            assertThat(Arrays.equals(received.get(), sent)).isTrue();
            scene.until(() -> scene.host.flows() == 0);
        }
    }

    @Test
    void oneDirectionEndsWhileTheOtherGoesOn() throws Exception {
        try (ServerSocket server = server();
                Scene scene = new Scene(Scene.WITH_LOOPBACK).start()) {
            host(() -> {
                try (Socket client = server.accept()) {
                    byte[] question = client.getInputStream().readAllBytes();
                    client.getOutputStream().write(question);
                    client.getOutputStream().write(question);
                    return question.length;
                }
            });
            TcpSocket socket = connect(scene, server.getLocalPort());
            scene.until(() -> socket.state() == TcpState.ESTABLISHED);
            socket.write(new byte[] {1, 2, 3}, 0, 3);
            socket.shutdownOutput();
            assertThat(readToEnd(scene, socket)).containsExactly(1, 2, 3, 1, 2, 3);
        }
    }

    @Test
    void closedPortOfTheHostRefuses() throws Exception {
        ServerSocket server = server();
        server.close();
        try (Scene scene = new Scene(Scene.WITH_LOOPBACK).start()) {
            TcpSocket socket = connect(scene, server.getLocalPort());
            scene.until(() -> socket.failure().isPresent());
            assertThat(socket.failure()).contains(TcpFailure.REFUSED);
            assertThat(scene.host.flows()).isZero();
        }
    }

    @Test
    void resetOfTheHostReachesTheGuest() throws Exception {
        try (ServerSocket server = server();
                Scene scene = new Scene(Scene.WITH_LOOPBACK).start()) {
            host(() -> {
                Socket client = server.accept();
                client.getInputStream().read();
                client.setSoLinger(true, 0);
                client.close();
                return 0;
            });
            TcpSocket socket = connect(scene, server.getLocalPort());
            scene.until(() -> socket.state() == TcpState.ESTABLISHED);
            socket.write(new byte[1], 0, 1);
            scene.until(() -> socket.failure().isPresent());
            assertThat(socket.failure()).contains(TcpFailure.RESET);
            assertThat(scene.host.flows()).isZero();
        }
    }

    @Test
    void resetOfTheGuestReachesTheHost() throws Exception {
        try (ServerSocket server = server();
                Scene scene = new Scene(Scene.WITH_LOOPBACK).start()) {
            CompletableFuture<Boolean> reset = host(() -> {
                try (Socket client = server.accept()) {
                    return client.getInputStream().read() >= 0;
                } catch (SocketException e) {
                    return true;
                }
            });
            TcpSocket socket = connect(scene, server.getLocalPort());
            scene.until(() -> socket.state() == TcpState.ESTABLISHED);
            socket.abort();
            scene.until(reset::isDone);
            assertThat(reset.get()).isTrue();
            assertThat(scene.host.flows()).isZero();
        }
    }

    /** As after a snapshot, which has no sockets of the host's. */
    @Test
    void resetEndsConnectionsOnBothSides() throws Exception {
        try (ServerSocket server = server();
                Scene scene = new Scene(Scene.WITH_LOOPBACK).start()) {
            CompletableFuture<Boolean> ended = host(() -> {
                try (Socket client = server.accept()) {
                    return client.getInputStream().read() < 0;
                } catch (SocketException e) {
                    return true;
                }
            });
            TcpSocket socket = connect(scene, server.getLocalPort());
            scene.until(() -> socket.state() == TcpState.ESTABLISHED);
            assertThat(scene.host.reset()).isEqualTo(1);
            scene.until(() -> socket.failure().isPresent() && ended.isDone());
            assertThat(socket.failure()).contains(TcpFailure.RESET);
            assertThat(ended.get()).isTrue();
            assertThat(scene.host.flows()).isZero();
        }
    }

    @Test
    void guestIsHeldBackWhileTheHostDoesNotRead() throws Exception {
        byte[] sent = random(16 * MEGABYTE);
        try (ServerSocket server = new ServerSocket()) {
            server.setReceiveBufferSize(256 * 1024); // less than two segments of the loopback would crawl
            server.bind(new InetSocketAddress(LOOPBACK, 0));
            try (Scene scene = new Scene(Scene.WITH_LOOPBACK).start()) {
                TcpSocket socket = connect(scene, server.getLocalPort());
                int[] written = new int[1];
                int[] stuck = new int[1];
                scene.until(() -> {
                    int count = socket.write(sent, written[0], sent.length - written[0]);
                    written[0] += count;
                    stuck[0] = count == 0 ? stuck[0] + 1 : 0;
                    return stuck[0] == 500;
                });
                // The window between the two sides, and the buffers of the guest, the gateway and the host's kernel.
                assertThat(written[0]).isLessThan(12 * MEGABYTE);
                CompletableFuture<byte[]> received = host(() -> {
                    try (Socket client = server.accept()) {
                        return client.getInputStream().readAllBytes();
                    }
                });
                writeAll(scene, socket, Arrays.copyOfRange(sent, written[0], sent.length));
                socket.close();
                scene.until(received::isDone);
                assertThat(Arrays.equals(received.get(), sent)).isTrue();
            }
        }
    }

    @Test
    void hostIsHeldBackWhileTheGuestDoesNotRead() throws Exception {
        byte[] sent = random(32 * MEGABYTE);
        try (ServerSocket server = server();
                Scene scene = new Scene(Scene.WITH_LOOPBACK).start()) {
            CompletableFuture<Integer> all = host(() -> {
                try (Socket client = server.accept()) {
                    client.getOutputStream().write(sent);
                    return sent.length;
                }
            });
            TcpSocket socket = connect(scene, server.getLocalPort());
            int[] steps = new int[1];
            scene.until(() -> steps[0]++ == 1000);
            assertThat(all).isNotDone();
            assertThat(scene.gateway.stack().budget().used()).isLessThan(MEGABYTE);
            assertThat(Arrays.equals(readToEnd(scene, socket), sent)).isTrue();
        }
    }

    @Test
    void twoHundredConnectionsPassAtOnce() throws Exception {
        byte[] sent = random(20_000);
        try (ServerSocket server = server();
                Scene scene = new Scene(Scene.WITH_LOOPBACK).start()) {
            host(() -> {
                List<Socket> clients = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    clients.add(server.accept());
                }
                for (Socket client : clients) {
                    OutputStream out = client.getOutputStream();
                    out.write(sent);
                    client.close();
                }
                return clients.size();
            });
            List<TcpSocket> sockets = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                sockets.add(connect(scene, server.getLocalPort()));
                scene.step(); // more than 64 frames at once are more than the wire holds
            }
            scene.until(() -> sockets.stream().allMatch(socket -> socket.state() != TcpState.SYN_SENT));
            assertThat(scene.host.flows()).isEqualTo(200);
            for (TcpSocket socket : sockets) {
                assertThat(Arrays.equals(readToEnd(scene, socket), sent)).isTrue();
                socket.close();
            }
            scene.until(() -> scene.host.flows() == 0);
        }
    }

    @Test
    void forwardedPortLeadsToTheGuestsServer() throws Exception {
        byte[] sent = random(MEGABYTE);
        try (Scene scene = new Scene(HostAccess.OUTSIDE)) {
            InetSocketAddress at = scene.host.forward(Forward.parse("tcp:127.0.0.1:0=:80"));
            assertThat(at.getAddress().isLoopbackAddress()).isTrue();
            scene.start();
            TcpListener listener = scene.guest.tcp().listen(80, TcpConfig.DEFAULT);
            CompletableFuture<byte[]> received = host(() -> {
                try (Socket socket = new Socket(at.getAddress(), at.getPort())) {
                    socket.getOutputStream().write("GET".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    socket.shutdownOutput();
                    return socket.getInputStream().readAllBytes();
                }
            });
            scene.until(listener::isReady);
            TcpSocket socket = listener.accept().orElseThrow();
            assertThat(socket.remoteAddress()).isEqualTo(Scene.GATEWAY);
            assertThat(readToEnd(scene, socket)).asString().isEqualTo("GET");
            writeAll(scene, socket, sent);
            socket.close();
            scene.until(received::isDone);
            assertThat(Arrays.equals(received.get(), sent)).isTrue();
            scene.until(() -> scene.host.flows() == 0);
            assertThat(scene.host.isOpen()).isTrue();
        }
    }

    @Test
    void forwardedPortIsClosedOnAGuestWithoutServer() throws Exception {
        try (Scene scene = new Scene(HostAccess.OUTSIDE)) {
            InetSocketAddress at = scene.host.forward(Forward.parse("tcp:0=:80"));
            scene.start();
            CompletableFuture<Integer> read = host(() -> {
                try (Socket socket = new Socket(at.getAddress(), at.getPort());
                        InputStream in = socket.getInputStream()) {
                    return in.read();
                } catch (SocketException e) {
                    return -2;
                }
            });
            scene.until(read::isDone);
            assertThat(read.get()).isEqualTo(-2);
        }
    }

    @Test
    void datagramsOfAForwardedPortAreAnswered() throws Exception {
        try (Scene scene = new Scene(HostAccess.OUTSIDE);
                DatagramSocket peer = new DatagramSocket(0, LOOPBACK)) {
            InetSocketAddress at = scene.host.forward(Forward.parse("udp:0=:69"));
            scene.start();
            UdpSocket server = scene.guest.udp().bind(69, 8192);
            UdpDatagram datagram = new UdpDatagram(new byte[100]);
            peer.send(new DatagramPacket(new byte[] {1, 2, 3}, 3, at));
            scene.until(() -> server.receive(datagram));
            assertThat(datagram.peer()).isEqualTo(Scene.GATEWAY);
            assertThat(Arrays.copyOf(datagram.buffer(), datagram.length())).containsExactly(1, 2, 3);
            datagram.buffer()[0] = 9;
            server.send(datagram);
            DatagramPacket answer = new DatagramPacket(new byte[10], 10);
            CompletableFuture<Integer> received = host(() -> {
                peer.receive(answer);
                return answer.getLength();
            });
            scene.until(received::isDone);
            assertThat(Arrays.copyOf(answer.getData(), 3)).containsExactly(9, 2, 3);
        }
    }

    @Test
    void datagramsReachTheHostAndItsAnswersTheGuest() throws Exception {
        try (Scene scene = new Scene(Scene.WITH_LOOPBACK).start();
                DatagramSocket server = new DatagramSocket(0, LOOPBACK)) {
            host(() -> {
                DatagramPacket packet = new DatagramPacket(new byte[3000], 3000);
                server.receive(packet);
                server.send(packet);
                return 0;
            });
            UdpSocket socket = scene.guest.udp().bind(8192);
            byte[] sent = random(2500); // cut up on the way
            UdpDatagram datagram = new UdpDatagram(sent.clone()).to(Scene.GATEWAY, server.getLocalPort());
            socket.send(datagram.length(2500));
            UdpDatagram answer = new UdpDatagram(new byte[3000]);
            scene.until(() -> socket.receive(answer));
            assertThat(Arrays.copyOf(answer.buffer(), answer.length())).isEqualTo(sent);
            assertThat(answer.peer()).isEqualTo(Scene.GATEWAY);
            assertThat(scene.host.flows()).isEqualTo(1);
            int[] steps = new int[1];
            scene.gateway.poll(scene.gateway.stack().now() + 121_000_000_000L);
            scene.until(() -> steps[0]++ == 2);
            assertThat(scene.host.flows()).isZero();
        }
    }

    @Test
    void guestIsToldThatNobodyListensAtAUdpPort() throws Exception {
        DatagramSocket gone = new DatagramSocket(0, LOOPBACK);
        int port = gone.getLocalPort();
        gone.close();
        try (Scene scene = new Scene(Scene.WITH_LOOPBACK).start()) {
            UdpSocket socket = scene.guest.udp().bind(8192);
            socket.connect(Scene.GATEWAY, port);
            socket.send(new UdpDatagram(new byte[4]).to(Scene.GATEWAY, port).length(4));
            UdpError[] told = new UdpError[1];
            scene.until(() -> {
                socket.takeError().ifPresent(error -> told[0] = error);
                return told[0] != null;
            });
            assertThat(told[0].kind()).isEqualTo(ErrorKind.PORT_UNREACHABLE);
            assertThat(scene.host.flows()).isZero();
        }
    }

    private static DhcpMessage dhcp(DhcpMessageType type, Ipv4Address wish) {
        DhcpOptions options = new DhcpOptions()
                .put(DhcpOption.MESSAGE_TYPE, new byte[] {(byte) type.code()})
                .put(DhcpOption.REQUESTED_ADDRESS, wish);
        if (type == DhcpMessageType.REQUEST) {
            options.put(DhcpOption.SERVER_IDENTIFIER, Scene.GATEWAY);
        }
        Ipv4Address none = Ipv4Address.UNSPECIFIED;
        MacAddress mac = MacAddress.parse("02:00:00:00:00:15");
        return new DhcpMessage(DhcpMessage.BOOTREQUEST, 7, 0, DhcpMessage.BROADCAST, none, none, none, mac, options);
    }

    @Test
    void forwardFollowsTheLease() throws Exception {
        try (Scene scene = new Scene(HostAccess.OUTSIDE)) {
            InetSocketAddress at = scene.host.forward(Forward.parse("tcp:0=:80"));
            scene.start();
            Ipv4Address leased = Ipv4Address.parse("10.0.2.20");
            UdpSocket client = scene.guest.udp().bind(DhcpMessage.CLIENT_PORT, 8192);
            for (DhcpMessageType type : List.of(DhcpMessageType.DISCOVER, DhcpMessageType.REQUEST)) {
                DhcpMessage message = dhcp(type, leased);
                byte[] octets = new byte[message.size()];
                message.emit(Octets.over(octets));
                client.send(new UdpDatagram(octets)
                        .to(Scene.GATEWAY, DhcpMessage.SERVER_PORT)
                        .length(octets.length));
                UdpDatagram answer = new UdpDatagram(new byte[1500]);
                scene.until(() -> client.receive(answer));
            }
            scene.guest.ipv4().interfaces().stream()
                    .filter(link -> !link.isLoopback())
                    .forEach(link -> scene.guest.ipv4().add(link, new Ipv4Prefix(leased, 24)));
            TcpListener listener = scene.guest.tcp().listen(80, TcpConfig.DEFAULT);
            try (Socket socket = new Socket(at.getAddress(), at.getPort())) {
                scene.until(listener::isReady);
                assertThat(listener.accept().orElseThrow().localAddress()).isEqualTo(leased);
                assertThat(socket.isConnected()).isTrue();
            }
        }
    }
}

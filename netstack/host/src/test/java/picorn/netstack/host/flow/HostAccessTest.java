// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.octets.InternetChecksum;
import picorn.netstack.octets.Octets;
import picorn.netstack.service.UserGateway;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.tcp.TcpState;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

/** A guest that tries to reach what it must not. */
class HostAccessTest {
    private static final HostAccess RESTRICTED =
            new HostAccess(HostAccess.Others.RESTRICTED, HostAccess.Loopback.HIDDEN);
    private static final InetSocketAddress RESOLVER = new InetSocketAddress("127.0.0.53", 53);

    private static Optional<Target> find(HostAccess access, String address, int port) {
        return new HostRoutes(access, List.of(RESOLVER))
                .find(Ipv4Address.parse(address).bits(), port);
    }

    @Test
    void otherHostsAreReachedUnlessRestricted() {
        assertThat(find(HostAccess.OUTSIDE, "192.0.2.7", 80))
                .contains(new Target(new InetSocketAddress("192.0.2.7", 80), Target.Trust.FOREIGN));
        assertThat(find(RESTRICTED, "192.0.2.7", 80)).isEmpty();
        assertThat(find(RESTRICTED, "192.0.2.7", 53)).isEmpty();
    }

    @Test
    void loopbackIsReachedOnlyIfAskedForAndOnlyAsTheGateway() {
        assertThat(find(HostAccess.OUTSIDE, "10.0.2.2", 22)).isEmpty();
        assertThat(find(RESTRICTED, "10.0.2.2", 22)).isEmpty();
        assertThat(find(Scene.WITH_LOOPBACK, "10.0.2.2", 22))
                .contains(new Target(new InetSocketAddress("127.0.0.1", 22), Target.Trust.CHOSEN));
        assertThat(find(Scene.WITH_LOOPBACK, "10.0.2.2", 0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1.2.3",
                "0.0.0.0",
                "0.0.0.1",
                "255.255.255.255",
                "224.0.0.1",
                "239.255.255.250",
                "169.254.169.254",
                "10.0.2.3",
                "10.0.2.255",
                "240.0.0.1"
            })
    void whatIsNoHostElsewhereLeadsNowhereEvenWithLoopback(String address) {
        assertThat(find(Scene.WITH_LOOPBACK, address, 80)).isEmpty();
    }

    @Test
    void namesAreLookedUpEvenIfRestricted() {
        assertThat(find(RESTRICTED, "10.0.2.2", 53)).contains(new Target(RESOLVER, Target.Trust.CHOSEN));
        assertThat(new HostRoutes(RESTRICTED, List.of()).find(Scene.GATEWAY.bits(), 53))
                .isEmpty();
    }

    @Test
    void loopbackIsTheHostsOwnHoweverItIsWritten() throws IOException {
        assertThat(OwnAddresses.contains(new InetSocketAddress("127.0.0.1", 80)))
                .isTrue();
        assertThat(OwnAddresses.contains(new InetSocketAddress("127.9.9.9", 80)))
                .isTrue();
        assertThat(OwnAddresses.contains(new InetSocketAddress("0.0.0.0", 80))).isTrue();
    }

    private static List<Ipv4Address> ownAddresses() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(address -> Ipv4Address.parse(address.getHostAddress()))
                .toList();
    }

    @Test
    void serverAtTheHostsOwnAddressIsNotReachedByIt() throws Exception {
        assumeThat(ownAddresses()).isNotEmpty();
        try (ServerSocket server = new ServerSocket(0);
                Scene scene = new Scene(Scene.WITH_LOOPBACK).start()) {
            for (Ipv4Address own : ownAddresses()) {
                TcpSocket socket = scene.guest.tcp().connect(own, server.getLocalPort(), TcpConfig.DEFAULT);
                int[] steps = new int[1];
                scene.until(() -> scene.host.flows() > 0);
                scene.until(() -> scene.host.flows() == 0 || steps[0]++ == 1000);
                assertThat(socket.state()).isEqualTo(TcpState.SYN_SENT);
                assertThat(scene.host.flows()).isZero();
            }
            server.setSoTimeout(1);
            org.assertj.core.api.Assertions.assertThatThrownBy(server::accept)
                    .isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.2.2", "127.0.0.1", "0.0.0.0", "169.254.0.1"})
    void serverAtLoopbackIsNotReached(String address) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
                Scene scene = new Scene(HostAccess.OUTSIDE).start()) {
            TcpSocket socket =
                    scene.guest.tcp().connect(Ipv4Address.parse(address), server.getLocalPort(), TcpConfig.DEFAULT);
            int[] steps = new int[1];
            scene.until(() -> steps[0]++ == 100);
            assertThat(socket.state()).isNotEqualTo(TcpState.ESTABLISHED);
            assertThat(scene.host.flows()).isZero();
        }
    }

    @Test
    void restrictedGuestIsTold() throws Exception {
        try (Scene scene = new Scene(RESTRICTED).start()) {
            TcpSocket socket = scene.guest.tcp().connect(Ipv4Address.parse("192.0.2.7"), 80, TcpConfig.DEFAULT);
            scene.until(() -> socket.failure().isPresent());
            UdpSocket udp = scene.guest.udp().bind(1000);
            udp.connect(Ipv4Address.parse("192.0.2.7"), 123);
            udp.send(new UdpDatagram(new byte[4])
                    .to(Ipv4Address.parse("192.0.2.7"), 123)
                    .length(4));
            scene.until(() -> udp.takeError().isPresent());
            assertThat(scene.host.flows()).isZero();
        }
    }

    @Test
    void datagramsToTheHostItselfGoNowhere() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0);
                Scene scene = new Scene(HostAccess.OUTSIDE).start()) {
            UdpSocket udp = scene.guest.udp().bind(1000);
            for (Ipv4Address own : ownAddresses()) {
                udp.send(new UdpDatagram(new byte[4])
                        .to(own, server.getLocalPort())
                        .length(4));
            }
            udp.send(new UdpDatagram(new byte[4])
                    .to(Scene.GATEWAY, server.getLocalPort())
                    .length(4));
            int[] steps = new int[1];
            scene.until(() -> steps[0]++ >= 100 && scene.host.flows() == 0);
            server.setSoTimeout(1);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> server.receive(new DatagramPacket(new byte[4], 4)))
                    .isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    /** A UDP datagram of one octet in a frame to the gateway, as a guest that makes its own sends it (RFC 791, RFC 768). */
    private static byte[] frame(String from, String to, int port) {
        ByteBuffer frame = ByteBuffer.allocate(60);
        frame.putShort((short) (UserGateway.MAC.bits() >> 32)).putInt((int) UserGateway.MAC.bits());
        frame.put(new byte[] {2, 0, 0, 0, 0, 0x15}).putShort((short) 0x0800);
        frame.putInt(0x4500_001D).putInt(0x0001_0000).putInt(0x4011_0000);
        frame.putInt(Ipv4Address.parse(from).bits())
                .putInt(Ipv4Address.parse(to).bits());
        frame.putShort((short) 1000)
                .putShort((short) port)
                .putShort((short) 9)
                .putShort((short) 0)
                .put((byte) 7);
        frame.putShort(24, (short)
                InternetChecksum.of(InternetChecksum.sum(Octets.over(Arrays.copyOfRange(frame.array(), 14, 34)))));
        return frame.array();
    }

    private static void assertThatNothingComesOf(byte[] frame, Scene scene, DatagramSocket server) throws IOException {
        scene.wire.a().receive(frame, 0, frame.length, 0);
        int[] steps = new int[1];
        scene.until(() -> steps[0]++ >= 20 && scene.host.flows() == 0);
        server.setSoTimeout(1);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> server.receive(new DatagramPacket(new byte[4], 4)))
                .isInstanceOf(java.net.SocketTimeoutException.class);
    }

    @Test
    void datagramOfAHonestGuestComesThrough() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0);
                Scene scene = new Scene(Scene.WITH_LOOPBACK).start()) {
            byte[] frame = frame("10.0.2.15", "10.0.2.2", server.getLocalPort());
            scene.wire.a().receive(frame, 0, frame.length, 0);
            scene.until(() -> scene.host.flows() == 1);
            server.setSoTimeout(10_000);
            DatagramPacket packet = new DatagramPacket(new byte[4], 4);
            server.receive(packet);
            assertThat(packet.getData()[0]).isEqualTo((byte) 7);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1",
                "127.0.0.1",
                "0.0.0.0",
                "10.0.2.2",
                "10.0.2.255",
                "255.255.255.255",
                "224.0.0.1",
                "169.254.0.1"
            })
    void guestThatForgesItsAddressReachesNothing(String from) throws Exception {
        try (DatagramSocket server = new DatagramSocket(0);
                Scene scene = new Scene(Scene.WITH_LOOPBACK).start()) {
            assertThatNothingComesOf(frame(from, "10.0.2.2", server.getLocalPort()), scene, server);
        }
    }

    /** Also where a name leads to that somebody has bound to such an address. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "0.1.2.3",
                "169.254.169.254",
                "255.255.255.255",
                "10.0.2.255",
                "10.0.2.3",
                "224.0.0.251",
                "240.0.0.1"
            })
    void guestThatSendsToWhatMeansThisHostReachesNothing(String to) throws Exception {
        try (DatagramSocket server = new DatagramSocket(0);
                Scene scene = new Scene(Scene.WITH_LOOPBACK).start()) {
            assertThatNothingComesOf(frame("10.0.2.15", to, server.getLocalPort()), scene, server);
        }
    }

    @Test
    void everyAddressOfThisHostIsClosedToForgedPacketsToo() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0);
                Scene scene = new Scene(Scene.WITH_LOOPBACK).start()) {
            for (Ipv4Address own : ownAddresses()) {
                assertThatNothingComesOf(frame("10.0.2.15", own.toString(), server.getLocalPort()), scene, server);
            }
        }
    }

    /** IPv6 is not carried, so that no address in it, mapped from IPv4 or not, leads anywhere. */
    @Test
    void frameOfIpVersionSixIsDropped() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0);
                Scene scene = new Scene(Scene.WITH_LOOPBACK).start()) {
            byte[] frame = frame("10.0.2.15", "10.0.2.2", server.getLocalPort());
            frame[12] = (byte) 0x86;
            frame[13] = (byte) 0xDD;
            frame[14] = 0x60;
            assertThatNothingComesOf(frame, scene, server);
        }
    }

    @Test
    void nameThatLeadsToLoopbackOpensNothing() throws Exception {
        assertThat(OwnAddresses.contains(new InetSocketAddress(InetAddress.getByName("::ffff:127.0.0.1"), 80)))
                .isTrue();
        assertThat(OwnAddresses.contains(new InetSocketAddress(InetAddress.getByName("localhost"), 80)))
                .isTrue();
    }
}

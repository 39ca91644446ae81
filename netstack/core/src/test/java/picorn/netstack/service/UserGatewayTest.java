// SPDX-License-Identifier: MIT
package picorn.netstack.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.capture.PcapngWriter;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.icmp.PingResult;
import picorn.netstack.icmp.PingSocket;
import picorn.netstack.link.Network;
import picorn.netstack.link.Wire;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Recorder;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

class UserGatewayTest {
    private static final long SECOND = 1_000_000_000L;

    /** A host 10.0.2.15 and the gateway, joined by a wire that is recorded. */
    private static final class Scene {
        final Wire wire = new Wire();
        final ByteArrayOutputStream pcapng = new ByteArrayOutputStream();
        final UserGateway gateway = UserGateway.on(wire.b(), 1);
        final Stack host = new Stack(StackConfig.named("host").seed(2));
        final Network network = new Network(wire, gateway, host);

        Scene() {
            wire.tap(new PcapngWriter(pcapng));
            wire.a()
                    .connect(host.attach(
                            new EthernetConfig(
                                    "eth0", MacAddress.parse("02:00:00:00:00:15"), Ipv4Prefix.parse("10.0.2.15/24")),
                            wire.a()));
        }
    }

    @Test
    void gatewayAnswersPings() {
        Scene scene = new Scene();
        PingSocket ping = scene.host.icmp().ping();
        ping.send(UserGateway.ADDRESS.address(), 56, SECOND);
        scene.network.poll(SECOND);
        assertThat(ping.result()).hasValueSatisfying(result -> {
            assertThat(result.outcome()).isEqualTo(PingResult.Outcome.ANSWERED);
            assertThat(result.sequence()).isEqualTo(1);
            assertThat(result.hopLimit()).isEqualTo(64);
            // Request and reply of ARP (84 octets of wire time each), then of ICMP (98 + 24), 80 ns an octet, 1 µs each
            // way.
            assertThat(result.roundTrip()).isEqualTo(2 * (84 + 122) * 80 + 4 * 1000);
        });
    }

    @Test
    void gatewayEchoesDatagramsToPortSeven() {
        Scene scene = new Scene();
        UdpSocket socket = scene.host.udp().bind(4096);
        UdpDatagram datagram = new UdpDatagram(new byte[100]).to(UserGateway.ADDRESS.address(), UdpEchoService.PORT);
        byte[] text = "hello, net".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, datagram.buffer(), 0, text.length);
        socket.send(datagram.length(text.length));
        scene.network.poll(SECOND);
        UdpDatagram answer = new UdpDatagram(new byte[100]);
        assertThat(socket.receive(answer)).isTrue();
        assertThat(new String(answer.buffer(), 0, answer.length(), StandardCharsets.US_ASCII))
                .isEqualTo("hello, net");
        assertThat(answer.peer()).isEqualTo(UserGateway.ADDRESS.address());
        assertThat(answer.port()).isEqualTo(UdpEchoService.PORT);
        assertThat(socket.receive(answer)).isFalse();
    }

    @Test
    void echoServiceDoesNotAnswerAnotherEchoService() {
        Recorder sent = new Recorder();
        UserGateway gateway = new UserGateway(StackConfig.named("gateway"), sent);
        Ipv4Address us = UserGateway.ADDRESS.address();
        Ipv4Address peer = UserGateway.FIRST_CLIENT;
        MacAddress mac = MacAddress.parse("02:00:00:00:00:15");
        byte[] datagram = Frames.udp(peer, UdpEchoService.PORT, us, UdpEchoService.PORT, new byte[4]);
        byte[] frame =
                Frames.ethernet(UserGateway.MAC, mac, EthernetHeader.IPV4, Frames.ipv4(peer, us, Frames.UDP, datagram));
        gateway.link().receive(frame, 0, frame.length, 0);
        assertThat(sent.frames()).isEmpty();
        assertThat(gateway.stack().dropped(UdpEchoService.LOOP)).isEqualTo(1);
    }

    @Test
    void twoRunsGiveTheSameCapture() {
        assertThat(captureOfARun()).isEqualTo(captureOfARun()).hasSizeGreaterThan(20_000);
    }

    private static byte[] captureOfARun() {
        Scene scene = new Scene();
        PingSocket ping = scene.host.icmp().ping();
        UdpSocket socket = scene.host.udp().bind(4096);
        UdpDatagram datagram = new UdpDatagram(new byte[1472]).to(UserGateway.ADDRESS.address(), UdpEchoService.PORT);
        for (int i = 1; i <= 20; i++) {
            ping.send(UserGateway.ADDRESS.address(), i * 7, SECOND);
            socket.send(datagram.length(i * 73));
            scene.network.poll(i * 10_000_000L);
        }
        return scene.pcapng.toByteArray();
    }
}

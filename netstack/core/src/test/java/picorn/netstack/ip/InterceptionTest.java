// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static picorn.netstack.testing.Station.PEER;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
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
import picorn.netstack.tcp.TcpFailure;
import picorn.netstack.tcp.TcpListener;
import picorn.netstack.tcp.TcpRequest;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.tcp.TcpState;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

class InterceptionTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Ipv4Address FAR = Ipv4Address.parse("192.0.2.7");

    /** A guest 10.0.2.15 whose router is a transparent gateway; requests wait for the test's decision. */
    private static final class Scene {
        final Wire wire = new Wire();
        final Stack gateway = UserGateway.transparent(wire.b(), 1).stack();
        final Stack guest = new Stack(StackConfig.client().seed(2));
        final Network network = new Network(wire, gateway, guest);
        final List<TcpRequest> requests = new ArrayList<>();
        long now;

        Scene() {
            wire.a()
                    .connect(guest.attach(
                            new EthernetConfig(
                                    "eth0", MacAddress.parse("02:00:00:00:00:15"), Ipv4Prefix.parse("10.0.2.15/24")),
                            wire.a()));
            guest.route(Ipv4Prefix.ALL, UserGateway.ADDRESS.address());
            gateway.tcp().intercept(requests::add, gateway.ipv4().errors());
        }

        void run(long nanoseconds) {
            now += nanoseconds;
            network.poll(now);
        }

        TcpSocket connect(Ipv4Address to, int port) {
            TcpSocket socket = guest.tcp().connect(to, port, TcpConfig.DEFAULT);
            run(SECOND / 10);
            return socket;
        }
    }

    private static byte[] read(TcpSocket socket) {
        byte[] octets = new byte[socket.readable()];
        socket.read(octets, 0, octets.length);
        return octets;
    }

    @Test
    void acceptedConnectionHasTheForeignAddressForItsOwn() {
        Scene scene = new Scene();
        TcpSocket guest = scene.connect(FAR, 80);
        assertThat(scene.requests).hasSize(1);
        assertThat(scene.requests.get(0).localAddress()).isEqualTo(FAR);
        assertThat(scene.requests.get(0).localPort()).isEqualTo(80);
        assertThat(scene.requests.get(0).remoteAddress()).isEqualTo(PEER);
        TcpSocket gateway = scene.requests.get(0).accept(TcpConfig.DEFAULT);
        scene.run(SECOND / 10);
        assertThat(guest.state()).isEqualTo(TcpState.ESTABLISHED);
        assertThat(gateway.localAddress()).isEqualTo(FAR);
        guest.write(new byte[] {1, 2}, 0, 2);
        gateway.write(new byte[] {3}, 0, 1);
        scene.run(SECOND);
        assertThat(read(gateway)).containsExactly(1, 2);
        assertThat(read(guest)).containsExactly(3);
    }

    @Test
    void requestIsAskedForOnceHoweverOftenItIsRepeated() {
        Scene scene = new Scene();
        TcpSocket guest = scene.connect(FAR, 80);
        scene.run(20 * SECOND); // RFC 6298: repeated after 1, 3, 7 and 15 seconds
        assertThat(guest.state()).isEqualTo(TcpState.SYN_SENT);
        assertThat(scene.requests).hasSize(1);
        scene.requests.get(0).accept(TcpConfig.DEFAULT);
        scene.run(SECOND / 10);
        assertThat(guest.state()).isEqualTo(TcpState.ESTABLISHED);
        assertThatIllegalStateException().isThrownBy(scene.requests.get(0)::refuse);
    }

    @Test
    void refusedRequestIsReset() {
        Scene scene = new Scene();
        TcpSocket guest = scene.connect(FAR, 80);
        scene.requests.get(0).refuse();
        scene.run(SECOND / 10);
        assertThat(guest.failure()).contains(TcpFailure.REFUSED);
        TcpSocket again = scene.connect(FAR, 80);
        assertThat(scene.requests).hasSize(2);
        assertThat(again.failure()).isEmpty();
    }

    @Test
    void undecidedRequestsTakeMemoryOfTheBudgetAndGiveItBack() {
        Scene scene = new Scene();
        scene.connect(FAR, 80);
        long before = scene.gateway.budget().used();
        scene.requests.get(0).unreachable(ErrorKind.HOST_UNREACHABLE);
        assertThat(scene.gateway.budget().used()).isLessThan(before);
    }

    @Test
    void listenerOfTheGatewayTakesNoForeignRequests() {
        Scene scene = new Scene();
        TcpListener listener = scene.gateway.tcp().listen(80, TcpConfig.DEFAULT);
        scene.connect(FAR, 80);
        assertThat(listener.isReady()).isFalse();
        assertThat(scene.requests).hasSize(1);
        scene.connect(UserGateway.ADDRESS.address(), 80);
        assertThat(listener.isReady()).isTrue();
        assertThat(scene.requests).hasSize(1);
        scene.connect(UserGateway.ADDRESS.address(), 81);
        assertThat(scene.requests).hasSize(2);
    }

    @Test
    void datagramsOfAForeignAddressGoPastTheGatewaysSocketsAndAreAnsweredInItsName() {
        Scene scene = new Scene();
        List<byte[]> taken = new ArrayList<>();
        scene.gateway.udp().intercept((packet, fromPort, toPort, data) -> {
            taken.add(data.toArray());
            assertThat(packet.addresses().destination()).isEqualTo(FAR);
            return scene.gateway
                            .udp()
                            .send(FAR.bits(), toPort, packet.addresses().sourceIpv4(), fromPort, data.toArray())
                    == SendResult.SENT;
        });
        UdpSocket socket = scene.guest.udp().bind(8192);
        socket.connect(FAR, 7); // the gateway's own echo service has port 7
        byte[] sent = new byte[2500]; // cut up both ways
        sent[2499] = 5;
        socket.send(new UdpDatagram(sent).to(FAR, 7).length(sent.length));
        scene.run(SECOND);
        UdpDatagram answer = new UdpDatagram(new byte[3000]);
        assertThat(socket.receive(answer)).isTrue();
        assertThat(answer.peer()).isEqualTo(FAR);
        assertThat(Arrays.copyOf(answer.buffer(), answer.length())).isEqualTo(sent);
        assertThat(taken).hasSize(1);
    }

    @Test
    void datagramThatNobodyTakesIsToldOf() {
        Station station = new Station().with(Interception::join).knowingItsNeighbour();
        station.giveIpv4(udp(PEER, FAR, 64));
        assertThat(station.sent().frames()).hasSize(1);
        assertThat(station.payload(0)).startsWith(3, 3); // destination unreachable, port
    }

    @Test
    void lastHopOfATraceIsToldOf() {
        Station station = new Station().with(Interception::join).knowingItsNeighbour();
        station.stack().udp().intercept((packet, fromPort, toPort, data) -> {
            throw new AssertionError("it has no hop left");
        });
        station.giveIpv4(udp(PEER, FAR, 1));
        assertThat(station.payload(0)).startsWith(11, 0); // time exceeded in transit
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "0.0.0.1",
                "255.255.255.255",
                "10.0.2.255",
                "10.0.2.77",
                "169.254.169.254",
                "224.0.0.251",
                "240.0.0.1"
            })
    void whatIsNoHostElsewhereIsNotIntercepted(String address) {
        Station station = new Station().with(Interception::join).knowingItsNeighbour();
        List<Integer> taken = new ArrayList<>();
        station.stack().udp().intercept((packet, fromPort, toPort, data) -> taken.add(toPort));
        station.giveIpv4(udp(PEER, Ipv4Address.parse(address), 64));
        assertThat(taken).isEmpty();
    }

    @Test
    void senderMustBeANeighbour() {
        Station station = new Station().with(Interception::join).knowingItsNeighbour();
        station.giveIpv4(udp(Ipv4Address.parse("198.51.100.1"), FAR, 64));
        assertThat(station.dropped(Ipv4Drop.NOT_FOR_US)).isEqualTo(1);
    }

    private static byte[] udp(Ipv4Address from, Ipv4Address to, int hops) {
        byte[] packet = Frames.ipv4(from, to, Frames.UDP, Frames.udp(from, 1000, to, 2000, new byte[4]));
        packet[8] = (byte) hops;
        return Frames.sealed(packet);
    }
}

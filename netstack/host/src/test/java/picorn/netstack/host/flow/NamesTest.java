// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

class NamesTest {
    /** A query as RFC 1035, section 4.1, has it. */
    private static byte[] query(String name, int type) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(octets);
        for (int word : new int[] {0x1234, 0x0100, 1, 0, 0, 0}) {
            out.writeShort(word);
        }
        for (String label : name.split("\\.")) {
            out.writeByte(label.length());
            out.write(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.writeByte(0);
        out.writeShort(type);
        out.writeShort(1);
        return octets.toByteArray();
    }

    @Test
    void namesOfTheGatewayAreAnsweredHere() throws Exception {
        for (String name : new String[] {"gateway", "host", "HOST"}) {
            byte[] answer = LocalNames.answer(query(name, 1)).orElseThrow();
            assertThat(Arrays.copyOf(answer, 8)).containsExactly(0x12, 0x34, 0x85, 0x00, 0, 1, 0, 1);
            assertThat(Arrays.copyOfRange(answer, answer.length - 4, answer.length))
                    .containsExactly(10, 0, 2, 2);
        }
    }

    @Test
    void theyHaveNoOtherRecords() throws Exception {
        byte[] answer = LocalNames.answer(query("host", 28)).orElseThrow();
        assertThat(Arrays.copyOf(answer, 8)).containsExactly(0x12, 0x34, 0x85, 0x00, 0, 1, 0, 0);
    }

    @Test
    void otherNamesAndBrokenQueriesAreLeftToTheResolver() throws Exception {
        assertThat(LocalNames.answer(query("host.example", 1))).isEmpty();
        assertThat(LocalNames.answer(new byte[] {1, 2, 3})).isEmpty();
        byte[] cut = Arrays.copyOf(query("host", 1), 15);
        assertThat(LocalNames.answer(cut)).isEmpty();
    }

    @Test
    void resolversAreReadAsNumbersOnly() {
        assertThat(Resolvers.parse(
                        "# made by hand\nnameserver 192.0.2.53\n nameserver  2001:db8::53 \nnameserver localhost\n"
                                + "search example\noptions ndots:1\n"))
                .containsExactly(new InetSocketAddress("192.0.2.53", 53), new InetSocketAddress("2001:db8::53", 53));
    }

    @Test
    void queryGoesToTheHostsResolverAndTheFlowEndsWithItsAnswer() throws Exception {
        try (DatagramSocket resolver = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                Scene scene =
                        new Scene(HostAccess.OUTSIDE, (InetSocketAddress) resolver.getLocalSocketAddress()).start()) {
            UdpSocket socket = scene.guest.udp().bind(4096);
            byte[] query = query("host.example", 1);
            socket.send(new UdpDatagram(query).to(Scene.GATEWAY, 53).length(query.length));
            scene.until(() -> scene.host.flows() == 1);
            DatagramPacket packet = new DatagramPacket(new byte[512], 512);
            resolver.setSoTimeout(10_000);
            resolver.receive(packet);
            assertThat(Arrays.copyOf(packet.getData(), packet.getLength())).isEqualTo(query);
            packet.getData()[2] |= (byte) 0x80;
            resolver.send(packet);
            UdpDatagram answer = new UdpDatagram(new byte[512]);
            scene.until(() -> socket.receive(answer));
            assertThat(answer.peer()).isEqualTo(Scene.GATEWAY);
            assertThat(answer.port()).isEqualTo(53);
            assertThat(answer.buffer()[2] & 0x80).isEqualTo(0x80);
            assertThat(scene.host.flows()).isZero();
            assertThat(scene.host.isOpen()).isFalse();
        }
    }

    private static void ask(Scene scene, UdpSocket socket) throws IOException {
        byte[] query = query("host.example", 1);
        socket.send(new UdpDatagram(query).to(Scene.GATEWAY, 53).length(query.length));
        scene.step();
        scene.step();
    }

    /** Answers one question with a code. */
    private static void answer(DatagramSocket resolver, int code) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        resolver.setSoTimeout(10_000);
        resolver.receive(packet);
        packet.getData()[2] |= (byte) 0x80;
        packet.getData()[3] = (byte) code;
        resolver.send(packet);
    }

    @Test
    void nextResolverIsAskedWhenTheFirstIsNotThere() throws Exception {
        DatagramSocket gone = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        InetSocketAddress closed = (InetSocketAddress) gone.getLocalSocketAddress();
        gone.close();
        try (DatagramSocket resolver = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                Scene scene = new Scene(
                                HostAccess.OUTSIDE, closed, (InetSocketAddress) resolver.getLocalSocketAddress())
                        .start()) {
            UdpSocket socket = scene.guest.udp().bind(4096);
            for (int i = 0; i < 2; i++) {
                ask(scene, socket);
                answer(resolver, 0);
                UdpDatagram answer = new UdpDatagram(new byte[512]);
                scene.until(() -> socket.receive(answer));
                assertThat(answer.buffer()[3]).isZero();
            }
        }
    }

    @Test
    void nextResolverIsAskedWhenTheFirstFailsAndTheLastOnesFailureIsTold() throws Exception {
        try (DatagramSocket first = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket second = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                Scene scene = new Scene(
                                HostAccess.OUTSIDE,
                                (InetSocketAddress) first.getLocalSocketAddress(),
                                (InetSocketAddress) second.getLocalSocketAddress())
                        .start()) {
            UdpSocket socket = scene.guest.udp().bind(4096);
            ask(scene, socket);
            answer(first, 2);
            answer(second, 5);
            UdpDatagram answer = new UdpDatagram(new byte[512]);
            scene.until(() -> socket.receive(answer));
            assertThat(answer.buffer()[3]).isEqualTo((byte) 5);
            assertThat(scene.host.flows()).isZero();
        }
    }

    @Test
    void resolverThatDoesNotAnswerIsLeftForTheNextUntilThatFailsToo() {
        long[] now = new long[1];
        InetSocketAddress any = new InetSocketAddress("192.0.2.1", 53);
        Nameservers servers = new Nameservers(List.of(any, any), () -> now[0]);
        assertThat(servers.choose()).isZero();
        servers.asked(0);
        now[0] += 1_000_000_000L;
        assertThat(servers.choose()).isZero();
        now[0] += 1_000_000_000L;
        assertThat(servers.choose()).isEqualTo(1);
        servers.asked(1);
        servers.answered(1);
        now[0] += 5_000_000_000L;
        assertThat(servers.choose()).isEqualTo(1);
        servers.failed(1);
        assertThat(servers.choose()).isZero();
    }
}

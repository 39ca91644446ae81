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
}

// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.link.Network;
import picorn.netstack.link.Wire;
import picorn.netstack.link.WireEnd;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpListener;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

/** Answers that do not fit into a datagram, of a server that says so and gives them over TCP. */
class DnsOverTcpTest {
    private static final long SECOND = 1_000_000_000L;
    private static final DnsName NAME = DnsName.parse("many.example.com");
    private static final Ipv4Address SERVER = Ipv4Address.parse("10.0.2.3");

    private final Wire wire = new Wire();
    private final Stack client = stack(1, "10.0.2.15/24", wire.a());
    private final Stack server = stack(2, "10.0.2.3/24", wire.b());
    private final Network network = new Network(wire, client, server);
    private final UdpDatagram datagram = new UdpDatagram(new byte[1500]);
    private int datagrams;

    private static Stack stack(int number, String address, WireEnd end) {
        Stack stack = new Stack(StackConfig.client().seed(number));
        end.connect(stack.attach(
                new EthernetConfig("eth0", new MacAddress(0x0200_0000_0000L + number), Ipv4Prefix.parse(address)),
                end));
        return stack;
    }

    @BeforeEach
    void answerDatagramsInPart() {
        client.dns().servers(List.of(SERVER));
        UdpSocket socket = server.udp().bind(53, 4000);
        socket.onReadable(() -> {
            while (socket.receive(datagram)) {
                datagrams++;
                byte[] answer = answer(Arrays.copyOf(datagram.buffer(), datagram.length()), DnsMessage.TRUNCATED, 0);
                System.arraycopy(answer, 0, datagram.buffer(), 0, answer.length);
                socket.send(datagram.length(answer.length));
            }
        });
    }

    private static byte[] answer(byte[] query, int flags, int records) {
        try {
            DnsMessage asked = DnsMessage.parse(Octets.over(query));
            List<DnsRecord> answers = new ArrayList<>();
            for (int i = 0; i < records; i++) {
                answers.add(new DnsRecord(
                        NAME, DnsType.A.code(), 1, 60, new DnsData.Ipv4(new Ipv4Address(0x0A00_0000 + i))));
            }
            byte[] room = new byte[0x10000];
            int length = new DnsMessage(
                            asked.id(), DnsMessage.RESPONSE | flags, asked.questions(), answers, List.of(), List.of())
                    .emit(Octets.over(room));
            return Arrays.copyOf(room, length);
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }

    /** Serves one question over TCP in pieces of a few octets. */
    private void serveStream(int records) {
        TcpListener listener = server.tcp().listen(53, TcpConfig.DEFAULT);
        listener.onReady(() -> listener.accept().ifPresent(socket -> socket.onReady(() -> serve(socket, records))));
    }

    private static void serve(TcpSocket socket, int records) {
        byte[] in = new byte[512];
        int length = socket.read(in, 0, in.length);
        if (length > 2) {
            byte[] answer = answer(Arrays.copyOfRange(in, 2, length), 0, records);
            socket.write(new byte[] {(byte) (answer.length >>> 8)}, 0, 1);
            socket.write(new byte[] {(byte) answer.length}, 0, 1);
            socket.write(answer, 0, 5);
            socket.write(answer, 5, answer.length - 5);
        }
    }

    @Test
    void longAnswerComesOverTcp() {
        serveStream(300);
        DnsQuery query = client.dns().lookup(NAME, DnsType.A);
        network.poll(10 * SECOND);
        assertThat(query.failure()).isEmpty();
        assertThat(query.addresses()).hasSize(300).contains(Ipv4Address.parse("10.0.1.43"));
        assertThat(datagrams).isEqualTo(1);
    }

    @Test
    void memoryOfTheTransferIsGivenBack() {
        serveStream(300);
        long first = 0;
        for (int i = 1; i <= 5; i++) {
            DnsQuery query = client.dns().lookup(NAME, DnsType.A);
            network.poll(200 * i * SECOND);
            assertThat(query.addresses()).hasSize(300);
            query.close();
            first = i == 1 ? client.budget().used() : first;
        }
        assertThat(client.budget().used()).as("pools stay, nothing else").isEqualTo(first);
    }

    @Test
    void serverWithoutTcpIsAskedAgainAndGivenUp() {
        DnsQuery query = client.dns().lookup(NAME, DnsType.A);
        network.poll(100 * SECOND);
        assertThat(query.failure()).contains(DnsFailure.TIMED_OUT);
        assertThat(datagrams).isEqualTo(3);
    }

    @Test
    void answerThatIsTooLongIsNotWaitedFor() {
        serveStream(2000);
        DnsQuery query = client.dns().lookup(NAME, DnsType.A);
        network.poll(100 * SECOND);
        assertThat(query.failure()).contains(DnsFailure.SERVER_FAILED);
    }

    @Test
    void lookupsGivenUpEndTheirConnection() {
        server.tcp().listen(53, TcpConfig.DEFAULT);
        DnsQuery query = client.dns().lookup(NAME, DnsType.A);
        network.poll(SECOND);
        query.close();
        network.poll(400 * SECOND);
        assertThat(client.dns().deadline()).isEqualTo(Long.MAX_VALUE);
        assertThat(client.counters().counters()).containsEntry("dns.under-way", 0L);
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.netstack.testing.Station.SECOND;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.link.Network;
import picorn.netstack.link.Wire;
import picorn.netstack.link.WireEnd;
import picorn.netstack.link.WireTiming;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;

/** TCP over links that declare other MTUs than 1500 octets: it fills them (RFC 9293, section 3.7.1) and none is exceeded. */
class JumboFrameTest {
    private static final Ipv4Prefix SERVER = Ipv4Prefix.parse("10.0.2.2/24");
    private static final Ipv4Prefix CLIENT = Ipv4Prefix.parse("10.0.2.15/24");

    private final Wire wire = new Wire(WireTiming.FAST_ETHERNET, 64, 16014);
    private int longest;

    private Stack attached(Ipv4Prefix address, int mtu, WireEnd end) {
        Stack stack = new Stack(StackConfig.minimal().seed(address.address().bits()));
        MacAddress mac = new MacAddress(0x0200_0000_0000L | address.address().bits());
        EthernetInterface eth0 = stack.attach(new EthernetConfig("eth0", mac, address).mtu(mtu), end);
        end.connect(eth0);
        return stack;
    }

    private void transfer(int serverMtu, int clientMtu) {
        Stack server = attached(SERVER, serverMtu, wire.a());
        Stack client = attached(CLIENT, clientMtu, wire.b());
        wire.tap((direction, frame, offset, length, now) -> longest = Math.max(longest, length));
        Network network = new Network(wire, server, client);
        TcpListener listener = server.tcp().listen(80, TcpConfig.DEFAULT);
        TcpSocket sender = client.tcp().connect(SERVER.address(), 80, TcpConfig.DEFAULT);
        network.poll(SECOND);
        TcpSocket receiver = listener.accept().orElseThrow();
        byte[] data = new byte[100_000];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i * 31 >> 3);
        }
        byte[] got = new byte[data.length];
        int written = 0;
        int read = 0;
        for (long now = SECOND; read < data.length && now < 100 * SECOND; now += SECOND / 100) {
            written += sender.write(data, written, data.length - written);
            network.poll(now);
            read += Math.max(0, receiver.read(got, read, got.length - read));
        }
        assertThat(Arrays.mismatch(got, data)).as("first wrong octet").isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {296, 1500, 4352, 9000, 16000})
    void segmentsAreAsLargeAsTheLink(int mtu) {
        transfer(mtu, mtu);
        assertThat(longest).isEqualTo(mtu + 14);
    }

    @ParameterizedTest
    @ValueSource(ints = {576, 1500})
    void smallerOfTwoLinksHolds(int mtu) {
        transfer(mtu, 9000);
        assertThat(longest).isEqualTo(mtu + 14);
    }
}

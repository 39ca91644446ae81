// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.SECOND;
import static picorn.netstack.testing.Station.US;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.ip.ErrorDrop;
import picorn.netstack.ip.ErrorKind;
import picorn.netstack.ip.Ipv4Header;
import picorn.netstack.ip.SendOptions;
import picorn.netstack.ip.SendResult;
import picorn.netstack.octets.Drop;
import picorn.netstack.testing.Drops;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpError;
import picorn.netstack.udp.UdpSocket;

class IcmpErrorsTest {
    private static final Ipv4Address ROUTER = Ipv4Address.parse("10.0.2.1");
    private final Station station = new Station().knowingItsNeighbour();
    private final UdpSocket socket = station.stack().udp().bind(4000, 1000);

    private byte[] sentPacket() {
        socket.send(new UdpDatagram(new byte[100]).to(PEER, 9).length(100));
        return station.packet(station.sent().frames().size() - 1);
    }

    private void tell(int type, int code, int word, byte[] quoted) {
        station.giveIpv4(Frames.ipv4(ROUTER, US, Frames.ICMP, Frames.icmpError(type, code, word, quoted)));
    }

    private static byte[] first28(byte[] packet) {
        return Arrays.copyOf(packet, 28);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0, NETWORK_UNREACHABLE",
        "3, 1, HOST_UNREACHABLE",
        "3, 2, PROTOCOL_UNREACHABLE",
        "3, 3, PORT_UNREACHABLE",
        "3, 5, SOURCE_ROUTE_FAILED",
        "3, 6, NETWORK_UNREACHABLE",
        "3, 7, HOST_UNREACHABLE",
        "3, 8, HOST_UNREACHABLE",
        "3, 9, PROHIBITED",
        "3, 10, PROHIBITED",
        "3, 11, NETWORK_UNREACHABLE",
        "3, 12, HOST_UNREACHABLE",
        "3, 13, PROHIBITED",
        "3, 14, PROHIBITED",
        "3, 15, PROHIBITED",
        "11, 0, HOPS_EXCEEDED",
        "11, 1, REASSEMBLY_TIMED_OUT",
        "12, 0, BAD_HEADER",
        "12, 1, BAD_HEADER",
    })
    void errorReachesTheSocketThatSentTheQuotedDatagram(int type, int code, ErrorKind kind) {
        tell(type, code, 0, first28(sentPacket()));
        assertThat(socket.takeError()).hasValue(new UdpError(kind, PEER, 9, ROUTER));
        assertThat(socket.takeError()).isEmpty();
    }

    @Test
    void onlyWhatIsNotThereIsHard() {
        // RFC 1122, section 4.2.3.9, and RFC 1191 for "fragmentation needed".
        assertThat(Arrays.stream(ErrorKind.values()).filter(ErrorKind::isHard))
                .containsExactly(ErrorKind.PROTOCOL_UNREACHABLE, ErrorKind.PORT_UNREACHABLE);
    }

    @Test
    void socketIsCalledWhenAnErrorComes() {
        int[] calls = new int[1];
        socket.onError(() -> calls[0]++);
        byte[] packet = sentPacket();
        assertThat(calls[0]).isZero();
        tell(3, 3, 0, first28(packet));
        assertThat(calls[0]).isEqualTo(1);
    }

    @Test
    void connectedSocketHearsOfItsPeerOnlyAndOnceInTheNextSend() {
        socket.connect(PEER, 9);
        byte[] packet = sentPacket();
        byte[] other = first28(packet);
        other[23] = 10;
        tell(3, 3, 0, other);
        assertThat(station.dropped(ErrorDrop.NOT_OURS)).isEqualTo(1);
        tell(3, 3, 0, first28(packet));
        UdpDatagram datagram = new UdpDatagram(new byte[1]).to(PEER, 9);
        assertThat(socket.send(datagram)).isEqualTo(SendResult.UNREACHABLE);
        assertThat(socket.send(datagram)).isEqualTo(SendResult.SENT);
    }

    @ParameterizedTest
    @CsvSource({"0, icmp.bad-quote", "19, icmp.bad-quote", "27, icmp.bad-quote"})
    void quoteMustHoldTheHeaderAndEightOctets(int length, @ConvertWith(Drops.class) Drop reason) {
        tell(3, 3, 0, Arrays.copyOf(sentPacket(), length));
        assertThat(station.dropped(reason)).isEqualTo(1);
        assertThat(socket.takeError()).isEmpty();
    }

    @Test
    void quoteOfWhatThisHostHasNotSentIsNotBelieved() {
        byte[] foreign = first28(sentPacket());
        foreign[15]++;
        tell(3, 3, 0, foreign);
        byte[] closed = first28(sentPacket());
        closed[21]++;
        tell(3, 3, 0, closed);
        byte[] unspoken = first28(sentPacket());
        unspoken[9] = 99;
        tell(3, 3, 0, unspoken);
        assertThat(station.dropped(ErrorDrop.NOT_OURS)).isEqualTo(3);
        assertThat(socket.takeError()).isEmpty();
    }

    @Test
    void sourceQuenchMeansNothing() {
        // RFC 6633, section 3.
        tell(4, 0, 0, first28(sentPacket()));
        assertThat(socket.takeError()).isEmpty();
        assertThat(station.dropped(IcmpDrop.TYPE_UNKNOWN)).isEqualTo(1);
    }

    @Test
    void mtuThatThePacketDidNotExceedIsNotBelieved() {
        byte[] packet = first28(sentPacket());
        tell(3, 4, 128, packet);
        tell(3, 4, 67, packet);
        assertThat(station.dropped(ErrorDrop.BAD_MTU)).isEqualTo(2);
        tell(3, 4, 127, packet);
        assertThat(socket.takeError().map(UdpError::kind)).hasValue(ErrorKind.TOO_BIG);
    }

    @Test
    void pingFailsWithWhoToldAndWhy() {
        PingSocket ping = station.stack().icmp().ping();
        ping.options(SendOptions.DEFAULT.hopLimit(1));
        ping.send(PEER, 56, SECOND);
        byte[] echo = station.packet(0);
        assertThat(echo[8]).isEqualTo((byte) 1);
        tell(11, 0, 0, first28(echo));
        assertThat(ping.result())
                .hasValue(new PingResult(
                        1, PingResult.Outcome.FAILED, 0, 0, ROUTER, Optional.of(ErrorKind.HOPS_EXCEEDED)));
        tell(11, 0, 0, first28(echo));
        assertThat(ping.result()).isEmpty();
    }

    @Test
    void pingOfAnotherNumberIsNotBelieved() {
        PingSocket ping = station.stack().icmp().ping();
        ping.send(PEER, 56, SECOND);
        byte[] echo = first28(station.packet(0));
        echo[27]++;
        tell(3, 1, 0, echo);
        assertThat(ping.result()).isEmpty();
        assertThat(station.dropped(ErrorDrop.NOT_OURS)).isEqualTo(1);
    }

    @Test
    void timeIsToldWithTheBitThatSaysItIsNotUniversal() {
        station.advanceTo(1234 * SECOND / 1000);
        byte[] times = Frames.bytes("01020304 00000000 00000000");
        station.giveIcmp(Frames.icmp(13, 77, 1, times));
        assertThat(station.payload(0)).isEqualTo(Frames.icmp(14, 77, 1, Frames.bytes("01020304 800004d2 800004d2")));
    }

    @Test
    void shortTimestampRequestIsDropped() {
        station.giveIcmp(Frames.icmp(13, 77, 1, new byte[11]));
        assertThat(station.dropped(IcmpDrop.TRUNCATED)).isEqualTo(1);
        assertThat(station.sent().frames()).isEmpty();
    }

    @Test
    void noErrorIsToldOfAnErrorNorOfALaterFragment() {
        // An error to a protocol of its own quoting nothing of ours, then a fragment of an unknown protocol.
        byte[] later = Frames.ipv4(new Ipv4Header(20, 0, 44, 1, 3, 64, 99, PEER, US), new byte[24]);
        station.giveIpv4(later);
        tell(3, 3, 0, new byte[28]);
        assertThat(station.sent().frames()).isEmpty();
    }

    @Test
    void errorsHaveTheAddressThatWasSpokenTo() {
        Ipv4Address second = Ipv4Address.parse("10.0.2.77");
        station.link().add(new Ipv4Prefix(second, 24));
        station.sent().clear();
        station.giveIpv4(Frames.ipv4(PEER, second, Frames.UDP, Frames.udp(PEER, 1, second, 9999, new byte[1])));
        assertThat(Arrays.copyOfRange(station.packet(0), 12, 16)).containsExactly(10, 0, 2, 77);
    }
}

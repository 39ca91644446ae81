// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.PEER_MAC;
import static picorn.netstack.testing.Station.SECOND;
import static picorn.netstack.testing.Station.US;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.ip.SendResult;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;
import picorn.netstack.udp.UdpDrop;

class Icmpv4Test {
    private final Station station = new Station().knowingItsNeighbour();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 55, 56, 57, 1471, 1472})
    void echoIsAnsweredWithTheSameData(int length) {
        byte[] data = new byte[length];
        new SplittableRandom(length).nextBytes(data);
        station.giveIcmp(Frames.icmp(IcmpHeader.ECHO, 0xBEEF, 0x1234, data));
        assertThat(station.payload(0)).isEqualTo(Frames.icmp(IcmpHeader.ECHO_REPLY, 0xBEEF, 0x1234, data));
    }

    @Test
    void echoWithWrongChecksumIsDroppedAndCounted() {
        byte[] echo = Frames.icmp(IcmpHeader.ECHO, 1, 1, new byte[5]);
        echo[12] = 1;
        station.giveIcmp(echo);
        assertThat(station.dropped(IcmpDrop.BAD_CHECKSUM)).isEqualTo(1);
        assertThat(station.sent().frames()).isEmpty();
    }

    @Test
    void echoToABroadcastAddressIsNotAnswered() {
        byte[] echo = Frames.icmp(IcmpHeader.ECHO, 1, 1, new byte[5]);
        byte[] packet = Frames.ipv4(PEER, Ipv4Address.parse("10.0.2.255"), Frames.ICMP, echo);
        station.give(Frames.ethernet(MacAddress.BROADCAST, PEER_MAC, EthernetHeader.IPV4, packet));
        assertThat(station.dropped(IcmpDrop.ECHO_TO_GROUP)).isEqualTo(1);
        assertThat(station.sent().frames()).isEmpty();
    }

    @Test
    void messageOfUnknownTypeIsDroppedSilently() {
        station.giveIcmp(Frames.icmp(17, 1, 1, new byte[12]));
        assertThat(station.dropped(IcmpDrop.TYPE_UNKNOWN)).isEqualTo(1);
        assertThat(station.sent().frames()).isEmpty();
    }

    @Test
    void datagramToAClosedPortIsAnsweredUnreachableWithWhatItWas() {
        byte[] datagram = Frames.udp(PEER, 5000, US, 9999, new byte[] {1, 2, 3});
        byte[] packet = Frames.ipv4(PEER, US, Frames.UDP, datagram);
        station.giveIpv4(packet);
        assertThat(station.dropped(UdpDrop.PORT_CLOSED)).isEqualTo(1);
        byte[] message = station.payload(0);
        assertThat(message).startsWith(3, 3).endsWith(packet);
        assertThat(message).hasSize(8 + packet.length);
    }

    @Test
    void errorQuotesNoMoreThanMakesFiveHundredSeventySixOctets() {
        station.giveUdp(5000, 9999, new byte[1000]);
        assertThat(station.packet(0)).hasSize(576);
    }

    @Test
    void broadcastToAClosedPortIsNotAnswered() {
        Ipv4Address all = Ipv4Address.BROADCAST;
        byte[] packet = Frames.ipv4(PEER, all, Frames.UDP, Frames.udp(PEER, 5000, all, 9999, new byte[3]));
        station.give(Frames.ethernet(MacAddress.BROADCAST, PEER_MAC, EthernetHeader.IPV4, packet));
        assertThat(station.dropped(UdpDrop.PORT_CLOSED)).isEqualTo(1);
        assertThat(station.sent().frames()).isEmpty();
    }

    @Test
    void senderWithoutAnAddressIsNotToldOfErrors() {
        Ipv4Address nobody = Ipv4Address.UNSPECIFIED;
        station.giveIpv4(Frames.ipv4(nobody, US, Frames.UDP, Frames.udp(nobody, 5000, US, 9999, new byte[3])));
        assertThat(station.dropped(UdpDrop.PORT_CLOSED)).isEqualTo(1);
        assertThat(station.sent().frames()).isEmpty();
        assertThat(station.stack().counters().counters()).containsEntry("ipv4.unroutable", 0L);
    }

    @Test
    void errorIsNotAnsweredByAnError() {
        station.giveIcmp(Frames.icmp(IcmpHeader.UNREACHABLE, 0, 0, new byte[28]));
        assertThat(station.sent().frames()).isEmpty();
        assertThat(station.stack().counters().counters()).containsEntry("icmp.errors-received", 1L);
    }

    @Test
    void errorsAreSentInABurstOfFiftyAndThenAHundredASecond() {
        for (int i = 0; i < 80; i++) {
            station.giveUdp(5000, 9999, new byte[1]);
        }
        assertThat(station.sent().frames()).hasSize(50);
        assertThat(station.dropped(IcmpDrop.RATE_LIMITED)).isEqualTo(30);
        station.sent().clear();
        for (int i = 1; i <= 100; i++) {
            station.advanceTo(i * SECOND / 200);
            station.giveUdp(5000, 9999, new byte[1]);
        }
        assertThat(station.sent().frames()).hasSize(50);
        station.advanceTo(1000 * SECOND);
        station.knowingItsNeighbour();
        for (int i = 0; i < 80; i++) {
            station.giveUdp(5000, 9999, new byte[1]);
        }
        assertThat(station.sent().frames()).hasSize(50);
    }

    private PingSocket ping() {
        return station.stack().icmp().ping();
    }

    /** The neighbour's answer to the echo last sent. */
    private byte[] answer(int index) {
        byte[] message = station.payload(index);
        int identifier = (message[4] & 0xFF) << 8 | message[5] & 0xFF;
        int sequence = (message[6] & 0xFF) << 8 | message[7] & 0xFF;
        byte[] data = Arrays.copyOfRange(message, 8, message.length);
        return Frames.icmp(IcmpHeader.ECHO_REPLY, identifier, sequence, data);
    }

    @Test
    void pingTellsTheRoundTripOfEachEcho() {
        PingSocket ping = ping();
        assertThat(ping.send(PEER, 56, SECOND)).isEqualTo(SendResult.SENT);
        station.advanceTo(1000);
        ping.send(PEER, 57, SECOND);
        station.advanceTo(5000);
        station.giveIcmp(answer(1));
        station.giveIcmp(answer(0));
        assertThat(ping.result())
                .hasValue(new PingResult(2, PingResult.Outcome.ANSWERED, 4000, 64, PEER, Optional.empty()));
        assertThat(ping.result())
                .hasValue(new PingResult(1, PingResult.Outcome.ANSWERED, 5000, 64, PEER, Optional.empty()));
        assertThat(ping.result()).isEmpty();
    }

    @Test
    void pingThatIsNotAnsweredTimesOut() {
        PingSocket ping = ping();
        ping.send(PEER, 56, SECOND);
        assertThat(station.stack().deadline()).isEqualTo(SECOND);
        station.advanceTo(SECOND - 1);
        assertThat(ping.result()).isEmpty();
        station.advanceTo(SECOND);
        assertThat(ping.result())
                .hasValue(new PingResult(
                        1, PingResult.Outcome.TIMED_OUT, SECOND, 0, Ipv4Address.UNSPECIFIED, Optional.empty()));
        station.giveIcmp(answer(0));
        assertThat(ping.result()).isEmpty();
    }

    @Test
    void answerWithOtherDataIsTold() {
        PingSocket ping = ping();
        ping.send(PEER, 56, SECOND);
        byte[] answer = answer(0);
        station.giveIcmp(
                Frames.icmp(IcmpHeader.ECHO_REPLY, (answer[4] & 0xFF) << 8 | answer[5] & 0xFF, 1, new byte[56]));
        assertThat(ping.result())
                .hasValueSatisfying(result -> assertThat(result.outcome()).isEqualTo(PingResult.Outcome.ALTERED));
    }

    @Test
    void answersFindTheSocketThatAsked() {
        PingSocket first = ping();
        PingSocket second = ping();
        first.send(PEER, 0, SECOND);
        second.send(PEER, 1, SECOND);
        station.giveIcmp(answer(1));
        assertThat(first.result()).isEmpty();
        assertThat(second.result()).isPresent();
    }

    @Test
    void answerToNobodyIsDroppedAndCounted() {
        try (PingSocket ping = ping()) {
            ping.send(PEER, 0, SECOND);
        }
        station.giveIcmp(answer(0));
        assertThat(station.dropped(IcmpDrop.REPLY_UNEXPECTED)).isEqualTo(1);
    }

    @Test
    void echoThatCannotBeSentHasNoResult() {
        PingSocket ping = ping();
        assertThat(ping.send(Ipv4Address.parse("192.0.2.1"), 56, SECOND)).isEqualTo(SendResult.NO_ROUTE);
        assertThat(ping.send(PEER, 1473, SECOND)).isEqualTo(SendResult.TOO_LARGE);
        assertThat(ping.send(PEER, 100_000, SECOND)).isEqualTo(SendResult.TOO_LARGE);
        station.advanceTo(10 * SECOND);
        assertThat(ping.result()).isEmpty();
    }

    @Test
    void pingMayWaitForEver() {
        PingSocket ping = ping();
        ping.send(PEER, 8, Long.MAX_VALUE);
        station.advanceTo(1_000_000 * SECOND);
        assertThat(ping.result()).isEmpty();
        station.giveIcmp(answer(0));
        assertThat(ping.result()).isPresent();
    }

    @Test
    void echoOfImpossibleLengthOrPatienceIsRefused() {
        PingSocket ping = ping();
        assertThatThrownBy(() -> ping.send(PEER, -1, SECOND)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ping.send(PEER, 8, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void echoesBeyondSixteenUnderWayGiveUpTheOldest() {
        PingSocket ping = ping();
        for (int i = 0; i < 17; i++) {
            ping.send(PEER, 8, SECOND);
        }
        assertThat(ping.result())
                .hasValue(new PingResult(
                        1, PingResult.Outcome.TIMED_OUT, 0, 0, Ipv4Address.UNSPECIFIED, Optional.empty()));
        assertThat(ping.result()).isEmpty();
    }

    @Test
    void resultsThatNobodyTakesAreBounded() {
        PingSocket ping = ping();
        for (int i = 0; i < 1000; i++) {
            ping.send(PEER, 8, SECOND);
        }
        int results = 0;
        while (ping.result().isPresent()) {
            results++;
        }
        assertThat(results).isEqualTo(32);
    }

    @Test
    void closedPingGivesItsMemoryBack() {
        long before = station.stack().budget().used();
        PingSocket ping = ping();
        assertThat(station.stack().budget().used()).isGreaterThan(before);
        ping.close();
        ping.close();
        assertThat(station.stack().budget().used()).isEqualTo(before);
    }
}

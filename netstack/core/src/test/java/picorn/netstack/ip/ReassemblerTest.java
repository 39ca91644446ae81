// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.SECOND;
import static picorn.netstack.testing.Station.US;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.netstack.octets.Drop;
import picorn.netstack.testing.Drops;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

class ReassemblerTest {
    private static final int MEMORY = 1 << 18;
    private final Station station = new Station(MEMORY).with(Reassembler::join).knowingItsNeighbour();
    private final UdpSocket socket = station.stack().udp().bind(4000, 70_000);
    private final UdpDatagram received = new UdpDatagram(new byte[65535]);
    private final byte[] data = new byte[2000];
    private final byte[] packet;

    ReassemblerTest() {
        new SplittableRandom(1).nextBytes(data);
        packet = Frames.ipv4(PEER, US, Frames.UDP, Frames.udp(PEER, 5000, US, 4000, data));
    }

    private void give(int from, int to) {
        station.giveIpv4(Frames.fragment(packet, from, to - from, 77));
    }

    private boolean isReceived() {
        return socket.receive(received) && Arrays.equals(data, Arrays.copyOf(received.buffer(), received.length()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void fragmentsInAnyOrderMakeThePacket(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<int[]> pieces = new ArrayList<>();
        for (int at = 0; at < 2008; ) {
            int end = Math.min(2008, at + 8 * (1 + random.nextInt(60)));
            pieces.add(new int[] {at, end});
            at = end;
        }
        Collections.shuffle(pieces, new Random(seed));
        for (int[] piece : pieces) {
            assertThat(socket.receive(received)).isFalse();
            give(piece[0], piece[1]);
        }
        assertThat(isReceived()).as("seed %d", seed).isTrue();
    }

    @Test
    void packetsFromTwoSendersAndOfTwoNumbersAreKeptApart() {
        give(0, 1200);
        station.giveIpv4(Frames.fragment(packet, 1200, 808, 78));
        assertThat(socket.receive(received)).isFalse();
        give(1200, 2008);
        assertThat(isReceived()).isTrue();
    }

    @Test
    void sameFragmentTwiceIsHarmless() {
        give(0, 1200);
        give(0, 1200);
        assertThat(station.dropped(FragmentDrop.DUPLICATE_FRAGMENT)).isEqualTo(1);
        give(1200, 2008);
        assertThat(isReceived()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1192, 2008", "0, 8", "800, 1608", "8, 1200"})
    void overlapGivesThePacketUpWithAllThatComesLater(int from, int to) {
        give(0, 1200);
        byte[] other = packet.clone();
        for (int i = 28; i < other.length; i++) {
            other[i] ^= 1;
        }
        station.giveIpv4(Frames.fragment(other, from, to - from, 77));
        assertThat(station.dropped(FragmentDrop.OVERLAPPING_FRAGMENT)).isEqualTo(from == 0 ? 0 : 1);
        if (from == 0) {
            assertThat(station.dropped(FragmentDrop.DUPLICATE_FRAGMENT)).isEqualTo(1);
        } else {
            give(1200, 2008);
            give(0, 1200);
            assertThat(socket.receive(received)).isFalse();
            assertThat(station.dropped(FragmentDrop.OVERLAPPING_FRAGMENT)).isEqualTo(3);
        }
    }

    @Test
    void overlapIsForgottenAfterAMinute() {
        give(0, 1200);
        give(1192, 2008);
        station.advanceTo(61 * SECOND);
        give(0, 1200);
        give(1200, 2008);
        assertThat(isReceived()).isTrue();
    }

    @Test
    void twoEndsContradictEachOther() {
        give(1200, 2008);
        byte[] shorter = Arrays.copyOf(packet, 20 + 1800);
        station.giveIpv4(Frames.fragment(shorter, 1000, 800, 77));
        assertThat(station.dropped(FragmentDrop.OVERLAPPING_FRAGMENT)).isEqualTo(1);
        give(0, 1200);
        assertThat(socket.receive(received)).isFalse();
    }

    @Test
    void senderIsToldAfterAMinuteIfTheFirstFragmentHadCome() {
        // RFC 1122, section 3.3.2: 60 to 120 seconds; RFC 792: time exceeded, code 1.
        give(0, 1480);
        station.advanceTo(60 * SECOND - 1);
        assertThat(station.sent().frames()).isEmpty();
        station.advanceTo(60 * SECOND);
        assertThat(station.dropped(FragmentDrop.REASSEMBLY_TIMED_OUT)).isEqualTo(1);
        station.knowingItsNeighbour();
        station.sent().clear();
        give(0, 1480);
        station.advanceTo(119 * SECOND);
        station.giveArp(1, Station.PEER_MAC, PEER, Station.NOBODY, US);
        station.sent().clear();
        station.advanceTo(120 * SECOND);
        assertThat(station.payload(0)).startsWith(11, 1);
        assertThat(Arrays.copyOfRange(station.payload(0), 8, 56))
                .isEqualTo(Arrays.copyOf(Frames.fragment(packet, 0, 1480, 77), 48));
    }

    @Test
    void senderIsNotToldIfTheFirstFragmentIsMissing() {
        give(1200, 2008);
        station.advanceTo(100 * SECOND);
        assertThat(station.dropped(FragmentDrop.REASSEMBLY_TIMED_OUT)).isEqualTo(1);
        assertThat(station.sent().frames()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0x2000, 12, 17, ipv4.bad-fragment", // no multiple of 8, more to come
        "0x0005, 0, 17, ipv4.bad-fragment", // no data
        "0x1FFF, 16, 17, ipv4.bad-fragment", // ends beyond 65,535 octets: "ping of death"
        "0x0001, 24, 6, ipv4.tiny-fragment", // RFC 1858, section 3.2: hides TCP's flags
        "0x2000, 8, 6, ipv4.tiny-fragment",
    })
    void impossibleFragmentIsDropped(String fragment, int length, int protocol, @ConvertWith(Drops.class) Drop reason) {
        Ipv4Header header = new Ipv4Header(20, 0, 20 + length, 7, Integer.decode(fragment), 64, protocol, PEER, US);
        station.giveIpv4(Frames.ipv4(header, new byte[length]));
        assertThat(station.dropped(reason)).isEqualTo(1);
        assertThat(station.stack().deadline()).isEqualTo(picorn.netstack.context.Timed.NEVER);
    }

    @Test
    void ninthUnfinishedPacketTakesThePlaceOfTheOldest() {
        for (int i = 0; i < 9; i++) {
            station.advanceTo(i);
            station.giveIpv4(Frames.fragment(packet, 0, 1200, i));
        }
        assertThat(station.dropped(FragmentDrop.REASSEMBLY_EVICTED)).isEqualTo(1);
        station.giveIpv4(Frames.fragment(packet, 1200, 808, 1));
        assertThat(isReceived()).isTrue();
        station.giveIpv4(Frames.fragment(packet, 1200, 808, 0));
        assertThat(socket.receive(received)).isFalse();
    }

    @Test
    void floodOfFragmentsTakesHalfOfTheMemoryAtMostAndGivesItBack() {
        long before = station.stack().budget().used();
        SplittableRandom random = new SplittableRandom(9);
        byte[] large = Frames.ipv4(PEER, US, Frames.UDP, new byte[65000]);
        for (int i = 0; i < 10_000; i++) {
            station.giveIpv4(Frames.fragment(large, 8 * random.nextInt(8000), 800, random.nextInt(12)));
            assertThat(station.stack().budget().used() - before).isLessThanOrEqualTo(MEMORY / 2);
        }
        station.advanceTo(200 * SECOND);
        assertThat(station.stack().budget().used()).isEqualTo(before);
        give(0, 1200);
        give(1200, 2008);
        assertThat(isReceived()).isTrue();
    }

    @Test
    void congestionSeenByOneFragmentIsSeenByThePacket() {
        // RFC 3168, section 5.3.
        int[] seen = new int[1];
        station.stack().ipv4().input().add(new Transport() {
            @Override
            public int protocol() {
                return 99;
            }

            @Override
            public void receive(IpPacket whole) {
                seen[0] = whole.typeOfService();
            }
        });
        byte[] marked = Frames.ipv4(PEER, US, 99, new byte[64]);
        station.giveIpv4(Frames.fragment(marked, 0, 32, 1));
        marked[1] = 3;
        station.giveIpv4(Frames.fragment(marked, 32, 32, 1));
        assertThat(seen[0]).isEqualTo(3);
    }
}

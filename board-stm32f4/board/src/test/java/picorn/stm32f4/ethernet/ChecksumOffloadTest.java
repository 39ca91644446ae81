// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checksum insertion and verification (RM0090, 33.5.4 and 33.5.5) against sums made in another way. */
class ChecksumOffloadTest {
    private static final int IHE = 1 << 16;
    private static final int IPE = 1 << 12;
    private static final int TAG = 4;

    private final ChecksumInsertion insertion = new ChecksumInsertion();
    private final ChecksumVerification verification = new ChecksumVerification();
    private final Random random = new Random(4);

    private byte[] payload(int protocol, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        if (protocol == 17) {
            octets = Frames.with16(octets, 4, length);
        }
        return Frames.with16(octets, field(protocol), 0);
    }

    private static int field(int protocol) {
        return protocol == 6 ? 16 : protocol == 17 ? 6 : 2;
    }

    private static byte[] frame(int type, byte[] packet) {
        return Frames.ethernet(Rig.PEER, Rig.OWN_ADDRESS, type, packet);
    }

    /** What belongs into the checksum field of the payload of an IP packet whose field is zero. */
    private static int expected(byte[] packet, int header, int protocol) {
        byte[] payload = Arrays.copyOfRange(packet, header, packet.length);
        byte[] addresses = header == 20 ? Arrays.copyOfRange(packet, 12, 20) : Arrays.copyOfRange(packet, 8, 40);
        byte[] pseudo = Frames.join(addresses, Frames.u16s(protocol, payload.length));
        int sum = protocol == 1 ? Frames.checksum(payload) : Frames.checksum(pseudo, payload);
        return sum == 0 && protocol == 17 ? 0xFFFF : sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 17})
    void allChecksumsOverIpv4AreInserted(int protocol) {
        for (int length = 20; length < 1480; length += 13) {
            byte[] packet = Frames.ipv4(protocol, payload(protocol, length));
            byte[] frame = frame(Frames.IPV4, packet);
            assertThat(insertion.insert(frame, frame.length, 3, true)).isZero();
            assertThat(Frames.u16(frame, 24)).isEqualTo(Frames.checksum(Arrays.copyOf(packet, 20)));
            assertThat(Frames.u16(frame, 34 + field(protocol)))
                    .as("protocol %d, %d octets", protocol, length)
                    .isEqualTo(expected(packet, 20, protocol));
            assertThat(verification.verify(frame, frame.length) & 0x78)
                    .as("RDES4: IPv4, no error")
                    .isEqualTo(0x40);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 17, 58})
    void payloadChecksumsOverIpv6AreInserted(int protocol) {
        for (int length = 20; length < 1440; length += 17) {
            byte[] packet = Frames.ipv6(protocol, payload(protocol, length));
            byte[] frame = frame(Frames.IPV6, packet);
            assertThat(insertion.insert(frame, frame.length, 3, true)).isZero();
            assertThat(Frames.u16(frame, 54 + field(protocol))).isEqualTo(expected(packet, 40, protocol));
            assertThat(verification.verify(frame, frame.length) & 0xF8)
                    .as("RDES4: IPv6, no error")
                    .isEqualTo(0x80);
        }
    }

    @Test
    void extensionHeadersAreSkippedAndRoutingHeadersAreNot() {
        byte[] udp = payload(17, 30);
        byte[] options = Frames.join(new byte[] {17, 1}, new byte[14]);
        byte[] packet = Frames.ipv6(60, Frames.join(options, udp));
        byte[] plain = Frames.ipv6(17, udp);
        byte[] frame = frame(Frames.IPV6, packet);
        insertion.insert(frame, frame.length, 3, true);
        assertThat(Frames.u16(frame, 14 + 40 + 16 + 6)).isEqualTo(expected(plain, 40, 17));

        byte[] routed = frame(Frames.IPV6, Frames.ipv6(43, Frames.join(options, udp)));
        byte[] before = routed.clone();
        assertThat(insertion.insert(routed, routed.length, 3, true)).isZero();
        assertThat(routed).isEqualTo(before);
    }

    @Test
    void icmpFieldThatIsNotZeroGoesIntoTheSum() {
        byte[] icmp = Frames.with16(payload(1, 64), 2, 0x1234);
        byte[] frame = frame(Frames.IPV4, Frames.ipv4(1, icmp));
        insertion.insert(frame, frame.length, 3, true);
        assertThat(Frames.u16(frame, 36)).isEqualTo(Frames.checksum(icmp));
    }

    @Test
    void modeOneInsertsTheHeaderChecksumAlone() {
        byte[] packet = Frames.ipv4(17, payload(17, 100));
        byte[] frame = frame(Frames.IPV4, packet);
        insertion.insert(frame, frame.length, 1, true);
        assertThat(Frames.u16(frame, 24)).isEqualTo(Frames.checksum(Arrays.copyOf(packet, 20)));
        assertThat(Frames.u16(frame, 40)).isZero();
    }

    @Test
    void modeTwoTakesThePseudoHeaderSumFromTheField() {
        byte[] packet = Frames.ipv4(6, payload(6, 101));
        byte[] pseudo = Frames.join(Arrays.copyOfRange(packet, 12, 20), Frames.u16s(6, 101));
        byte[] frame = Frames.with16(frame(Frames.IPV4, packet), 50, ~Frames.checksum(pseudo));
        insertion.insert(frame, frame.length, 2, true);
        assertThat(Frames.u16(frame, 50)).isEqualTo(expected(packet, 20, 6));
    }

    @Test
    void modeZeroAndUnknownPayloadsLeaveTheFrameAlone() {
        byte[] frame = frame(Frames.IPV4, Frames.ipv4(17, payload(17, 100)));
        byte[] before = frame.clone();
        assertThat(insertion.insert(frame, frame.length, 0, true)).isZero();
        assertThat(frame).isEqualTo(before);
        byte[] other = frame(0x88B5, new byte[80]);
        assertThat(insertion.insert(other, other.length, 3, true)).isZero();
        assertThat(other).isEqualTo(frame(0x88B5, new byte[80]));
    }

    @Test
    void fragmentsGetTheHeaderChecksumAlone() {
        byte[] packet = Frames.with16(Frames.ipv4(17, payload(17, 64)), 6, 0x2000);
        byte[] frame = frame(Frames.IPV4, packet);
        assertThat(insertion.insert(frame, frame.length, 3, true)).isZero();
        assertThat(Frames.u16(frame, 24)).isEqualTo(Frames.checksum(Arrays.copyOf(packet, 20)));
        assertThat(Frames.u16(frame, 40)).isZero();
    }

    @Test
    void vlanTaggedFramesAreHandledToo() {
        byte[] packet = Frames.ipv4(17, payload(17, 64));
        byte[] frame =
                Frames.ethernet(Rig.PEER, Rig.OWN_ADDRESS, 0x8100, Frames.join(Frames.u16s(5, Frames.IPV4), packet));
        assertThat(insertion.insert(frame, frame.length, 3, true)).isZero();
        assertThat(Frames.u16(frame, 40 + TAG)).isEqualTo(expected(packet, 20, 17));
    }

    @Test
    void packetThatEndsEarlyIsAPayloadError() {
        byte[] packet = Frames.with16(Frames.ipv4(17, payload(17, 64)), 2, 200);
        byte[] frame = frame(Frames.IPV4, packet);
        assertThat(insertion.insert(frame, frame.length, 3, true)).isEqualTo(IPE);
        assertThat(Frames.u16(frame, 40))
                .as("the checksum is inserted all the same")
                .isNotZero();
    }

    @Test
    void payloadOfAFrameThatIsNotWholeInTheFifoIsLeftAlone() {
        byte[] frame = frame(Frames.IPV4, Frames.ipv4(17, payload(17, 64)));
        assertThat(insertion.insert(frame, frame.length, 3, false)).isEqualTo(IPE);
        assertThat(Frames.u16(frame, 40)).isZero();
    }

    @Test
    void headerThatContradictsTheTypeIsAHeaderError() {
        byte[] wrongVersion = frame(Frames.IPV4, Frames.ipv4(17, payload(17, 64)));
        wrongVersion[14] = 0x65;
        assertThat(insertion.insert(wrongVersion, wrongVersion.length, 3, true)).isEqualTo(IHE);
        byte[] shortHeader = frame(Frames.IPV4, Frames.ipv4(17, payload(17, 64)));
        shortHeader[14] = 0x44;
        assertThat(insertion.insert(shortHeader, shortHeader.length, 3, true)).isEqualTo(IHE);
        byte[] cut = Arrays.copyOf(frame(Frames.IPV6, Frames.ipv6(17, payload(17, 64))), 14 + 39);
        assertThat(insertion.insert(cut, cut.length, 3, true)).isEqualTo(IHE);
    }

    @Test
    void verificationTellsErrorsApart() {
        byte[] good = frame(Frames.IPV4, Frames.ipv4(6, payload(6, 64)));
        insertion.insert(good, good.length, 3, true);
        assertThat(verification.verify(good, good.length)).as("IPV4PR, TCP").isEqualTo(0x42);
        byte[] badHeader = good.clone();
        badHeader[22] ^= 1;
        assertThat(verification.verify(badHeader, good.length))
                .as("IPV4PR, IPHE")
                .isEqualTo(0x48);
        byte[] badPayload = good.clone();
        badPayload[60] ^= 1;
        assertThat(verification.verify(badPayload, good.length))
                .as("IPV4PR, IPPE, TCP")
                .isEqualTo(0x52);
        byte[] other = frame(0x88B5, new byte[64]);
        assertThat(verification.verify(other, other.length)).as("IPCB").isEqualTo(0x20);
    }

    @Test
    void udpWithoutAChecksumIsNoError() {
        byte[] frame = frame(Frames.IPV4, Frames.ipv4(17, payload(17, 64)));
        insertion.insert(frame, frame.length, 1, true);
        assertThat(verification.verify(frame, frame.length)).as("IPV4PR, UDP").isEqualTo(0x41);
    }
}

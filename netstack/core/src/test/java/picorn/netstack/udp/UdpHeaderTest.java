// SPDX-License-Identifier: MIT
package picorn.netstack.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.netstack.testing.Frames.bytes;

import org.junit.jupiter.api.Test;
import picorn.netstack.address.AddressPair;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

class UdpHeaderTest {
    /**
     * "hi!" from 10.0.2.15 to 10.0.2.2: pseudo-header 0A00 + 020F + 0A00 + 0202 + 0011 + 000B, header C000 + 0007 + 000B, data
     * 6869 + 2100; with the carry 61A9, of which 9E56 is the complement.
     */
    private static final byte[] GOLDEN = bytes("c000 0007 000b 9e56 686921");

    private final AddressPair addresses = new AddressPair()
            .setIpv4(
                    Ipv4Address.parse("10.0.2.15").bits(),
                    Ipv4Address.parse("10.0.2.2").bits());

    @Test
    void headerHasTheLayoutOfRfc768() throws Malformed {
        UdpHeader header = new UdpHeader(0xC000, 7, 11, 0x9E56);
        assertThat(UdpHeader.parse(Octets.over(GOLDEN))).isEqualTo(header);
        byte[] out = bytes("0000 0000 0000 0000 686921");
        header.emit(Octets.over(out));
        assertThat(out).isEqualTo(GOLDEN);
    }

    @Test
    void checksumCoversPseudoHeaderHeaderAndData() throws Malformed {
        byte[] out = bytes("ffff ffff ffff ffff 686921");
        UdpFields.write(Octets.over(out), 0xC000, 7);
        UdpFields.seal(Octets.over(out), addresses);
        assertThat(out).isEqualTo(GOLDEN);
        UdpFields.checkSum(Octets.over(GOLDEN), addresses);
    }

    private void check(Octets datagram) throws Malformed {
        UdpFields.checkLength(datagram);
        UdpFields.checkSum(datagram, addresses);
    }

    @Test
    void flippedBitIsFound() {
        for (int bit = 0; bit < 8 * GOLDEN.length; bit++) {
            byte[] datagram = GOLDEN.clone();
            datagram[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> check(Octets.over(datagram)))
                    .as("bit %d", bit)
                    .isInstanceOf(Malformed.class);
        }
    }

    @Test
    void checksumThatComesOutAsZeroIsSentAsItsOtherForm() throws Malformed {
        // As above with the length, summed twice, 3 more: 61AF + 9E50 = FFFF, of which 0 is the complement: "no
        // checksum".
        byte[] out = bytes("0000 0000 0000 0000 6869 2100 9e50");
        UdpFields.write(Octets.over(out), 0xC000, 7);
        UdpFields.seal(Octets.over(out), addresses);
        assertThat(UdpHeader.parse(Octets.over(out)).checksum()).isEqualTo(0xFFFF);
        UdpFields.checkSum(Octets.over(out), addresses);
    }

    @Test
    void lengthMustCoverTheHeaderAndLieWithinThePacket() {
        byte[] datagram = GOLDEN.clone();
        datagram[5] = 7;
        assertThatThrownBy(() -> UdpHeader.parse(Octets.over(datagram))).isSameAs(UdpDrop.BAD_LENGTH.malformed());
        datagram[5] = 12;
        assertThatThrownBy(() -> UdpHeader.parse(Octets.over(datagram))).isSameAs(UdpDrop.BAD_LENGTH.malformed());
        assertThatThrownBy(() -> UdpHeader.parse(new Octets().aim(GOLDEN, 0, 7)))
                .isSameAs(UdpDrop.TRUNCATED.malformed());
    }
}

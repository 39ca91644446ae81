// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.netstack.testing.Frames.bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.InternetChecksum;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;
import picorn.netstack.testing.Drops;

class Ipv4HeaderTest {
    /** 192.168.0.1 to 192.168.0.199, UDP, 115 octets, don't fragment; the checksum is summed by hand. */
    private static final byte[] GOLDEN = bytes("4500 0073 0000 4000 4011 b861 c0a8 0001 c0a8 00c7");

    private final Ipv4Header header = new Ipv4Header(
            20,
            0,
            0x73,
            0,
            Ipv4Header.DONT_FRAGMENT,
            64,
            17,
            Ipv4Address.parse("192.168.0.1"),
            Ipv4Address.parse("192.168.0.199"));

    private static byte[] packet(byte[] header, int length) {
        byte[] packet = new byte[length];
        System.arraycopy(header, 0, packet, 0, header.length);
        return packet;
    }

    @Test
    void headerHasTheLayoutOfRfc791() throws Malformed {
        assertThat(Ipv4Header.parse(Octets.over(packet(GOLDEN, 0x73)))).isEqualTo(header);
        byte[] out = new byte[Ipv4Header.SIZE];
        header.emit(Octets.over(out));
        assertThat(out).isEqualTo(GOLDEN);
    }

    @Test
    void everyFieldComesBackAsItWasWritten() throws Malformed {
        Ipv4Header written = new Ipv4Header(
                20, 0xB9, 40, 0xFEDC, 0x2123, 200, 6, Ipv4Address.parse("1.2.3.4"), Ipv4Address.parse("5.6.7.8"));
        byte[] out = new byte[40];
        written.emit(Octets.over(out));
        assertThat(Ipv4Header.parse(Octets.over(out))).isEqualTo(written);
    }

    @Test
    void optionsArePassedOver() throws Malformed {
        byte[] packet = packet(bytes("4600 001c 0000 0000 4011 0000 c0a8 0001 c0a8 00c7 01010100"), 28);
        U16.at(10).set(Octets.over(packet), InternetChecksum.of(InternetChecksum.sum(packet, 0, 24)));
        assertThat(Ipv4Header.parse(Octets.over(packet)).headerLength()).isEqualTo(24);
    }

    @Test
    void optionsAreNotWritten() {
        Ipv4Header withOptions =
                new Ipv4Header(24, 0, 28, 0, 0, 64, 17, Ipv4Address.UNSPECIFIED, Ipv4Address.UNSPECIFIED);
        assertThatThrownBy(() -> withOptions.emit(Octets.over(new byte[28])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0x65, ipv4.bad-version",
        "0, 0x44, ipv4.bad-header-length",
        "3, 0x13, ipv4.bad-total-length",
        "3, 0x74, ipv4.bad-total-length",
        "2, 0x01, ipv4.bad-total-length",
        "8, 0x3f, ipv4.bad-checksum",
        "19, 0xc8, ipv4.bad-checksum"
    })
    void headerThatCannotBeIsMalformed(int at, int value, @ConvertWith(Drops.class) Drop reason) {
        byte[] packet = packet(GOLDEN, 0x73);
        packet[at] = (byte) value;
        assertThatThrownBy(() -> Ipv4Header.parse(Octets.over(packet))).isSameAs(reason.malformed());
    }

    @Test
    void headerThatIsCutShortIsMalformed() {
        assertThatThrownBy(() -> Ipv4Header.parse(new Octets().aim(GOLDEN, 0, 19)))
                .isSameAs(Ipv4Drop.TRUNCATED.malformed());
        byte[] packet = GOLDEN.clone();
        packet[0] = 0x46;
        assertThatThrownBy(() -> Ipv4Header.parse(Octets.over(packet)))
                .isSameAs(Ipv4Drop.BAD_HEADER_LENGTH.malformed());
    }
}

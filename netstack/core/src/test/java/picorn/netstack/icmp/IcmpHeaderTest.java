// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.netstack.testing.Frames.bytes;

import org.junit.jupiter.api.Test;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

class IcmpHeaderTest {
    /** Echo with the data "abc": 0800 + 0102 + 0003 + 6162 + 6300 = CD67, of which 3298 is the complement. */
    private static final byte[] GOLDEN = bytes("0800 3298 0102 0003 616263");

    private final IcmpHeader header = new IcmpHeader(IcmpHeader.ECHO, 0, 0x0102, 3);

    @Test
    void echoHasTheLayoutOfRfc792() throws Malformed {
        assertThat(IcmpHeader.parse(Octets.over(GOLDEN))).isEqualTo(header);
        byte[] out = bytes("ffff ffff ffff ffff 616263");
        header.emit(Octets.over(out));
        assertThat(out).isEqualTo(GOLDEN);
    }

    @Test
    void wrongChecksumIsMalformed() {
        byte[] message = GOLDEN.clone();
        message[10]++;
        assertThatThrownBy(() -> IcmpHeader.parse(Octets.over(message))).isSameAs(IcmpDrop.BAD_CHECKSUM.malformed());
    }

    @Test
    void shorterMessageIsMalformed() {
        assertThatThrownBy(() -> IcmpHeader.parse(new Octets().aim(GOLDEN, 0, 7)))
                .isSameAs(IcmpDrop.TRUNCATED.malformed());
    }
}

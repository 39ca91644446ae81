// SPDX-License-Identifier: MIT
package picorn.netstack.ethernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.netstack.testing.Frames.bytes;

import org.junit.jupiter.api.Test;
import picorn.netstack.address.MacAddress;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

class EthernetHeaderTest {
    private static final byte[] GOLDEN = bytes("52550a000202 020000000015 0800");

    private final EthernetHeader header = new EthernetHeader(
            MacAddress.parse("52:55:0a:00:02:02"), MacAddress.parse("02:00:00:00:00:15"), EthernetHeader.IPV4);

    @Test
    void headerIsDestinationSourceType() throws Malformed {
        assertThat(EthernetHeader.parse(Octets.over(GOLDEN))).isEqualTo(header);
        byte[] out = new byte[EthernetHeader.SIZE];
        header.emit(Octets.over(out));
        assertThat(out).isEqualTo(GOLDEN);
    }

    @Test
    void shorterFrameIsMalformed() {
        assertThatThrownBy(() -> EthernetHeader.parse(new Octets().aim(GOLDEN, 0, 13)))
                .isSameAs(EthernetDrop.TRUNCATED.malformed());
    }
}

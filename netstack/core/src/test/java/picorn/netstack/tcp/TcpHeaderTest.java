// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

class TcpHeaderTest {
    private static final byte[] SYN = HexFormat.of()
            .parseHex("c3500050" + "01020304" + "00000000" + "a0c2ffff" + "12340000"
                    + "020405b40402080a0000000100000000" + "01030307");

    @Test
    void fieldsLieWhereFigure1OfRfc9293HasThem() throws Malformed {
        TcpHeader header = TcpHeader.parse(Octets.over(SYN));
        assertThat(header)
                .isEqualTo(new TcpHeader(
                        50000,
                        80,
                        0x01020304,
                        0,
                        40,
                        TcpHeader.SYN | TcpHeader.ECE | TcpHeader.CWR,
                        0xFFFF,
                        0x1234,
                        0));
    }

    @Test
    void whatIsParsedIsEmittedAgain() throws Malformed {
        byte[] out = SYN.clone();
        java.util.Arrays.fill(out, 0, TcpHeader.SIZE, (byte) 0x55);
        TcpHeader.parse(Octets.over(SYN)).emit(Octets.over(out));
        assertThat(out).isEqualTo(SYN);
    }

    @Test
    void cutShortAndImpossibleOffsetsAreDropped() {
        assertDrop(new byte[19], TcpDrop.TRUNCATED);
        byte[] low = SYN.clone();
        low[12] = 0x40;
        assertDrop(low, TcpDrop.BAD_OFFSET);
        byte[] high = SYN.clone();
        high[12] = (byte) 0xF0;
        assertDrop(high, TcpDrop.BAD_OFFSET);
    }

    private static void assertDrop(byte[] segment, Drop drop) {
        assertThatThrownBy(() -> TcpHeader.parse(Octets.over(segment)))
                .isInstanceOfSatisfying(
                        Malformed.class, e -> assertThat(e.drop()).isEqualTo(drop));
    }

    @Test
    void optionsAreReadAndUnknownOnesSkipped() throws Malformed {
        TcpOptions options = new TcpOptions();
        options.parse(Octets.over(SYN));
        assertThat(options.mss).isEqualTo(1460);
        assertThat(options.sackPermitted).isTrue();
        assertThat(options.timestamps).isTrue();
        assertThat(options.timestamp).isEqualTo(1);
        assertThat(options.scale).isEqualTo(7);
        byte[] unknown = SYN.clone();
        unknown[20] = (byte) 253;
        options.parse(Octets.over(unknown));
        assertThat(options.mss).as("RFC 9293, section 3.7.1").isEqualTo(536);
        assertThat(options.sackPermitted).isTrue();
    }

    @Test
    void shiftCountsBeyond14AreTakenFor14() throws Malformed {
        byte[] large = SYN.clone();
        large[39] = 15;
        TcpOptions options = new TcpOptions();
        options.parse(Octets.over(large));
        assertThat(options.scale).as("RFC 7323, section 2.3").isEqualTo(14);
    }

    @Test
    void optionsThatRunOverOrHaveNoLengthAreDropped() {
        for (int length : new int[] {0, 1, 21, 255}) {
            byte[] bad = SYN.clone();
            bad[21] = (byte) length;
            assertThatThrownBy(() -> new TcpOptions().parse(Octets.over(bad)))
                    .as("length %d", length)
                    .isInstanceOfSatisfying(
                            Malformed.class, e -> assertThat(e.drop()).isEqualTo(TcpDrop.BAD_OPTION));
        }
    }
}

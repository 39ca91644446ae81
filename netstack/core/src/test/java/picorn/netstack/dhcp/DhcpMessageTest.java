// SPDX-License-Identifier: MIT
package picorn.netstack.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.netstack.testing.Frames.bytes;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.testing.Station;

class DhcpMessageTest {
    private static final String NOTHING = "00";
    /** Up to the magic cookie: fields of RFC 2131, figure 1. */
    private static final String FIXED = "01 01 06 00 3903f326 0102 8000 01020304 05060708 00000000 090a0b0c"
            + "020000000015" + NOTHING.repeat(10) + NOTHING.repeat(64) + NOTHING.repeat(128) + "63825363";

    private static byte[] message(String options) {
        return bytes(FIXED + options);
    }

    private static DhcpMessage parse(byte[] octets) throws Malformed {
        return DhcpMessage.parse(Octets.over(octets));
    }

    @Test
    void messageHasTheLayoutOfRfc2131() throws Malformed {
        DhcpMessage message = new DhcpMessage(
                DhcpMessage.BOOTREQUEST,
                0x3903F326,
                0x0102,
                DhcpMessage.BROADCAST,
                Ipv4Address.parse("1.2.3.4"),
                Ipv4Address.parse("5.6.7.8"),
                Ipv4Address.parse("9.10.11.12"),
                Station.PEER_MAC,
                new DhcpOptions()
                        .put(DhcpOption.MESSAGE_TYPE, new byte[] {1})
                        .put(DhcpOption.REQUESTED_ADDRESS, Station.PEER));
        byte[] golden = Arrays.copyOf(message("350101 3204 0a00020f ff"), DhcpMessage.SHORTEST);
        assertThat(parse(golden)).isEqualTo(message);
        assertThat(message.type()).contains(DhcpMessageType.DISCOVER);
        byte[] out = new byte[message.size()];
        Arrays.fill(out, (byte) 0xAA);
        message.emit(Octets.over(out));
        assertThat(out).isEqualTo(golden);
    }

    @Test
    void unknownOptionsAndPaddingArePassedOver() throws Malformed {
        DhcpMessage message = parse(message("0c03616263 0000 350103 3304 00000e10 fe00 ff 350101"));
        assertThat(message.type()).contains(DhcpMessageType.REQUEST);
        assertThat(message.options().number(DhcpOption.LEASE_TIME)).hasValue(3600);
        assertThat(message.options().address(DhcpOption.ROUTER)).isEmpty();
    }

    @Test
    void optionsGoOnInFileAndServerNameWhenOverloaded() throws Malformed {
        byte[] octets = message("340103 ff");
        System.arraycopy(bytes("350104 ff"), 0, octets, 108, 4);
        System.arraycopy(bytes("36040a000202 ff"), 0, octets, 44, 7);
        DhcpMessage message = parse(octets);
        assertThat(message.type()).contains(DhcpMessageType.DECLINE);
        assertThat(message.options().address(DhcpOption.SERVER_IDENTIFIER)).contains(Station.US);
    }

    @Test
    void fieldsThatAreNotOverloadedHoldNoOptions() throws Malformed {
        byte[] octets = message("340101 ff");
        System.arraycopy(bytes("350104 ff"), 0, octets, 108, 4);
        System.arraycopy(bytes("36040a000202 ff"), 0, octets, 44, 7);
        assertThat(parse(octets).type()).contains(DhcpMessageType.DECLINE);
        assertThat(parse(octets).options().address(DhcpOption.SERVER_IDENTIFIER))
                .isEmpty();
        octets[242] = 2;
        assertThat(parse(octets).type()).isEmpty();
        assertThat(parse(octets).options().address(DhcpOption.SERVER_IDENTIFIER))
                .contains(Station.US);
    }

    @Test
    void optionThatRunsOverTheEndIsMalformed() {
        assertThatThrownBy(() -> parse(message("350101 3205 0a00020f"))).isSameAs(DhcpDrop.BAD_OPTION.malformed());
        assertThatThrownBy(() -> parse(message("350101 32"))).isSameAs(DhcpDrop.BAD_OPTION.malformed());
    }

    @Test
    void missingEndMarkIsForgiven() throws Malformed {
        assertThat(parse(message("350101")).type()).contains(DhcpMessageType.DISCOVER);
    }

    @Test
    void messageThatIsNotDhcpOverEthernetIsMalformed() {
        byte[] octets = message("350101ff");
        assertThatThrownBy(() -> parse(Arrays.copyOf(octets, 239))).isSameAs(DhcpDrop.TRUNCATED.malformed());
        for (int at : new int[] {1, 2, 236, 239}) {
            byte[] other = octets.clone();
            other[at]++;
            assertThatThrownBy(() -> parse(other)).as("octet %d", at).isSameAs(DhcpDrop.BAD_FORMAT.malformed());
        }
    }

    @Test
    void unknownMessageTypeIsNone() throws Malformed {
        assertThat(parse(message("350109 ff")).type()).isEmpty();
        assertThat(parse(message("350100 ff")).type()).isEmpty();
        assertThat(parse(message("ff")).type()).isEmpty();
        assertThat(parse(message("3500 ff")).type()).isEmpty();
    }
}

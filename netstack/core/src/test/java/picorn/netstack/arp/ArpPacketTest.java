// SPDX-License-Identifier: MIT
package picorn.netstack.arp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.netstack.testing.Frames.bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.testing.Drops;
import picorn.netstack.testing.Station;

class ArpPacketTest {
    private static final byte[] GOLDEN = bytes("0001 0800 06 04 0001 020000000015 0a00020f 000000000000 0a000202");

    @Test
    void requestHasTheLayoutOfRfc826() throws Malformed {
        ArpPacket request =
                new ArpPacket(ArpPacket.REQUEST, Station.PEER_MAC, Station.PEER, Station.NOBODY, Station.US);
        assertThat(ArpPacket.parse(Octets.over(GOLDEN))).isEqualTo(request);
        byte[] out = new byte[ArpPacket.SIZE];
        request.emit(Octets.over(out));
        assertThat(out).isEqualTo(GOLDEN);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 6, arp.not-ethernet-ipv4",
        "3, 6, arp.not-ethernet-ipv4",
        "4, 8, arp.not-ethernet-ipv4",
        "5, 16, arp.not-ethernet-ipv4",
        "7, 0, arp.bad-opcode",
        "7, 3, arp.bad-opcode",
        "6, 1, arp.bad-opcode"
    })
    void packetForSomethingElseIsMalformed(int at, int value, @ConvertWith(Drops.class) Drop reason) {
        byte[] packet = GOLDEN.clone();
        packet[at] = (byte) value;
        assertThatThrownBy(() -> ArpPacket.parse(Octets.over(packet))).isSameAs(reason.malformed());
    }

    @Test
    void shorterPacketIsMalformed() {
        assertThatThrownBy(() -> ArpPacket.parse(new Octets().aim(GOLDEN, 0, 27)))
                .isSameAs(ArpDrop.TRUNCATED.malformed());
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.octets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.netstack.testing.Frames.bytes;

import org.junit.jupiter.api.Test;
import picorn.netstack.testing.Drops;
import picorn.netstack.udp.UdpDrop;

class OctetsTest {
    private final Octets octets = Octets.over(bytes("00112233445566778899aabbccddeeff"));

    @Test
    void fieldsAreReadInNetworkByteOrder() {
        assertThat(U8.at(15).get(octets)).isEqualTo(0xFF);
        assertThat(U16.at(14).get(octets)).isEqualTo(0xEEFF);
        assertThat(U32.at(12).get(octets)).isEqualTo(0xCCDDEEFF);
        assertThat(U48.at(8).get(octets)).isEqualTo(0x8899AABBCCDDL);
        assertThat(U48.at(10).get(octets)).isEqualTo(0xAABBCCDDEEFFL);
        assertThat(U64.at(8).get(octets)).isEqualTo(0x8899AABBCCDDEEFFL);
        assertThat(U64.at(0).get(octets)).isEqualTo(0x0011223344556677L);
    }

    @Test
    void fieldsAreWrittenAsTheyAreRead() {
        Octets out = Octets.over(new byte[21]);
        U8 first = U8.at(0);
        U16 second = U16.after(first);
        U32 third = U32.after(second);
        U48 fourth = U48.after(third);
        U64 fifth = U64.after(fourth);
        first.set(out, 0x1FF);
        second.set(out, 0xFEDCBA);
        third.set(out, 0x89ABCDEF);
        fourth.set(out, 0xF123456789ABL);
        fifth.set(out, 0x8765432112345678L);
        assertThat(out.toArray()).isEqualTo(bytes("ff dcba 89abcdef f123456789ab 8765432112345678"));
        assertThat(fifth.end()).isEqualTo(21);
    }

    @Test
    void fieldsCountFromTheBeginningOfTheView() {
        Octets part = new Octets().aim(octets, 4, 8);
        assertThat(U16.at(0).get(part)).isEqualTo(0x4455);
        assertThat(new Octets().aim(part, 2, 2).toArray()).isEqualTo(bytes("6677"));
        assertThat(part.octet(7)).isEqualTo(0xBB);
    }

    @Test
    void viewShowsNothingBeyondItsEnds() {
        Octets part = new Octets().aim(octets, 4, 8);
        assertThatThrownBy(() -> part.octet(8)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> part.octet(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new Octets().aim(part, 4, 5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> part.put(5, octets, 0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> part.clear(8, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void requiredLengthIsDemandedForTheReasonGiven() throws Malformed {
        octets.require(16, UdpDrop.TRUNCATED);
        assertThatThrownBy(() -> octets.require(17, UdpDrop.TRUNCATED)).isSameAs(UdpDrop.TRUNCATED.malformed());
        assertThat(UdpDrop.TRUNCATED.malformed().getStackTrace()).isEmpty();
        assertThat(UdpDrop.TRUNCATED.malformed().drop()).isEqualTo(UdpDrop.TRUNCATED);
    }

    @Test
    void dropReasonsAreNamedByProtocolAndReason() {
        assertThat(UdpDrop.BAD_CHECKSUM.label()).isEqualTo("udp.bad-checksum");
        assertThat(Drops.all()).extracting(Drop::label).doesNotHaveDuplicates();
    }
}

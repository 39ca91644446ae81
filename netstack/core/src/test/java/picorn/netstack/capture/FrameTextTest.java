// SPDX-License-Identifier: MIT
package picorn.netstack.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.netstack.testing.Frames.bytes;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Frames whose octets are those of RFC 826, 791, 792, 768, 9293, 2131 and 1035, written by hand. */
class FrameTextTest {
    private static final String ETHERNET = "020000000002 020000000001 ";

    private static String text(String hex) {
        byte[] frame = bytes(hex);
        return FrameText.of(frame, 0, frame.length);
    }

    @Test
    void tellsWhoAsksByArp() {
        assertThat(
                        text(
                                "ffffffffffff 020000000001 0806 0001 0800 06 04 0001 020000000001 0a00020f 000000000000 0a000202"))
                .isEqualTo("02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff: ARP who has 10.0.2.2? 10.0.2.15 asks");
        assertThat(
                        text(
                                "020000000001 020000000002 0806 0001 0800 06 04 0002 020000000002 0a000202 020000000001 0a00020f"))
                .endsWith(": ARP 10.0.2.2 is at 02:00:00:00:00:02");
    }

    @Test
    void tellsPingsApart() {
        assertThat(text(ETHERNET + "0800 4500 001c 0001 0000 40 01 62d0 0a00020f 0a000202 0800 f7fc 0001 0002"))
                .endsWith("10.0.2.15 > 10.0.2.2 ICMP echo request id 1 seq 2, 0 octets");
    }

    @Test
    void tellsWhatIsWrong() {
        assertThat(text(ETHERNET + "0800 4500 001c 0001 0000 40 01 62ce 0a00020f 0a000202 0800 f7fc 0001 0002"))
                .endsWith("IPv4 of 28 octets (ipv4.bad-checksum)");
        assertThat(text(ETHERNET)).isEqualTo("frame of 12 octets (ethernet.truncated)");
    }

    @Test
    void tellsTheFlagsOfTcp() {
        assertThat(text(ETHERNET
                        + "0800 4500 0028 0001 4000 40 06 22bf 0a00020f 0a000202"
                        + "c000 0050 ffffffff 00000000 5002 1000 0000 0000"))
                .endsWith("10.0.2.15:49152 > 10.0.2.2:80 TCP SYN seq 4294967295 ack 0 win 4096, 0 octets");
    }

    @Test
    void tellsFragments() {
        assertThat(text(ETHERNET + "0800 4500 001c 0001 20b9 40 11 4207 0a00020f 0a000202 0000000000000000"))
                .endsWith("10.0.2.15 > 10.0.2.2 protocol 17, fragment of 8 octets at 1480");
    }

    @Test
    void tellsWhatDnsIsAskedFor() {
        assertThat(text(ETHERNET
                        + "0800 4500 0039 0001 0000 40 11 62a3 0a00020f 0a000202 c000 0035 0025 0000"
                        + "0007 0100 0001 0000 0000 0000 07 6578616d706c65 03 6f7267 00 0001 0001"))
                .endsWith("10.0.2.15:49152 > 10.0.2.2:53 UDP, 29 octets: DNS asks for example.org type 1");
    }

    @Test
    void tellsTheVlan() {
        assertThat(text("020000000002 020000000001 8100 0005 88cc 00")).endsWith(": VLAN 5, type 0x88cc, 1 octets");
    }

    @Test
    void tellsSomethingOfAnyOctets() {
        for (long seed = 1; seed <= 2000; seed++) {
            Random random = new Random(seed);
            byte[] frame = new byte[random.nextInt(80)];
            random.nextBytes(frame);
            if (frame.length > 30) {
                frame[12] = 8;
                frame[13] = (byte) (random.nextBoolean() ? 0 : 6);
                frame[14] = 0x45;
            }
            assertThat(FrameText.of(frame, 0, frame.length)).as("seed %d", seed).isNotBlank();
        }
    }
}

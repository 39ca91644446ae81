// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.testing.Frames;

class DnsMessageTest {
    private static final String HEADER = "1234 8180 0001 0000 0000 0000";
    private static final String REST = "0001 0001";

    private static DnsMessage parse(String hex) throws Malformed {
        return DnsMessage.parse(Octets.over(Frames.bytes(hex)));
    }

    private static void assertDropped(String hex, Drop reason) {
        assertThatThrownBy(() -> parse(hex)).isInstanceOfSatisfying(Malformed.class, e -> assertThat(e.drop())
                .isEqualTo(reason));
    }

    private static DnsName name(String... labels) {
        return DnsName.parse(String.join(".", labels));
    }

    @Test
    void namesOfRfc1035AreReadAndWritten() throws Malformed {
        // RFC 1035, section 4.1.4: F.ISI.ARPA, FOO.F.ISI.ARPA by a pointer, ARPA by a pointer, the root.
        String names = "0146 0349 5349 0441 5250 4100" + REST + "03464f4f c00c" + REST + "c012" + REST + "00" + REST;
        DnsMessage message = parse("0000 0000 0004 0000 0000 0000" + names);
        assertThat(message.questions())
                .extracting(DnsQuestion::name)
                .extracting(DnsName::toString)
                .containsExactly("F.ISI.ARPA", "FOO.F.ISI.ARPA", "ARPA", ".");
        byte[] written = new byte[512];
        int length = message.emit(Octets.over(written));
        assertThat(Arrays.copyOf(written, length)).isEqualTo(Frames.bytes("0000 0000 0004 0000 0000 0000" + names));
    }

    @Test
    void pointersThatDoNotLeadBackAreRefused() {
        assertDropped(HEADER + "c00c" + REST, DnsDrop.BAD_NAME); // to itself
        assertDropped(HEADER + "0161 c00c" + REST, DnsDrop.BAD_NAME); // to its own beginning
        assertDropped(HEADER + "c00e 00" + REST, DnsDrop.BAD_NAME); // forward
        assertDropped(HEADER + "c0ff" + REST, DnsDrop.BAD_NAME); // beyond the end
    }

    @Test
    void labelsOfOtherKindsAreRefused() {
        assertDropped(HEADER + "4161 00" + REST, DnsDrop.BAD_NAME);
        assertDropped(HEADER + "8161 00" + REST, DnsDrop.BAD_NAME);
    }

    @Test
    void longestNameIsReadAndALongerOneRefused() throws Malformed {
        String label63 = "3f" + "61".repeat(63);
        String label61 = "3d" + "62".repeat(61);
        assertThat(parse(HEADER + label63.repeat(3) + label61 + "00" + REST)
                        .questions()
                        .get(0)
                        .name()
                        .wire())
                .hasSize(255);
        assertDropped(HEADER + label63.repeat(3) + "3e" + "62".repeat(62) + "00" + REST, DnsDrop.BAD_NAME);
    }

    @Test
    void messageCutShortAnywhereIsRefused() throws Malformed {
        DnsMessage message = new DnsMessage(
                7,
                DnsMessage.RESPONSE,
                List.of(new DnsQuestion(name("a", "b"), DnsType.SRV)),
                List.of(new DnsRecord(
                        name("a", "b"),
                        DnsType.SRV.code(),
                        DnsRecord.INTERNET,
                        9,
                        new DnsData.Service(1, 2, 3, name("c", "b")))),
                List.of(),
                List.of());
        byte[] octets = new byte[512];
        int length = message.emit(Octets.over(octets));
        assertThat(DnsMessage.parse(new Octets().aim(octets, 0, length))).isEqualTo(message);
        for (int cut = 0; cut < length; cut++) {
            Octets part = new Octets().aim(octets, 0, cut);
            assertThatThrownBy(() -> DnsMessage.parse(part))
                    .isInstanceOfSatisfying(
                            Malformed.class, e -> assertThat(e.drop()).isEqualTo(DnsDrop.TRUNCATED));
        }
    }

    @Test
    void dataLongerOrShorterThanItsTypeHasItIsRefused() {
        String owner = "1234 8180 0000 0001 0000 0000 00 0001 0001 00000000";
        assertDropped(owner + "0005 0102030405", DnsDrop.BAD_FORMAT);
        assertDropped(owner + "0003 01020304", DnsDrop.BAD_FORMAT);
    }

    @Test
    void noOctetsWhateverTheyHoldDoHarm() {
        long seed = 53;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200_000; i++) {
            byte[] octets = new byte[random.nextInt(80)];
            random.nextBytes(octets);
            for (int count = 4; count < Math.min(12, octets.length); count += 2) {
                octets[count] = 0;
            }
            try {
                DnsMessage.parse(Octets.over(octets));
            } catch (Malformed e) {
                assertThat(e.drop().label()).as("seed %d, message %d", seed, i).startsWith("dns.");
            }
        }
    }

    @Test
    void namesAreEqualWhateverTheirCase() {
        assertThat(DnsName.parse("WWW.Example.COM.")).isEqualTo(DnsName.parse("www.example.com"));
        assertThat(DnsName.parse("WWW.Example.COM")).hasSameHashCodeAs(DnsName.parse("www.example.com"));
        assertThat(DnsName.parse("a.b")).isNotEqualTo(DnsName.parse("a\\.b"));
    }

    @Test
    void namesAreWrittenAsTheyAreRead() {
        for (String text : List.of("a.b", ".", "a\\.b.c", "x\\032y", "\\255\\000", "back\\\\slash")) {
            assertThat(DnsName.parse(text)).hasToString(text);
        }
        assertThat(DnsName.reverse(Ipv4Address.parse("10.0.2.15"))).hasToString("15.2.0.10.in-addr.arpa");
    }

    @Test
    void impossibleNamesAreRefusedWithTheReason() {
        assertThatThrownBy(() -> DnsName.parse("a..b")).hasMessageContaining("'a..b' is no domain name");
        assertThatThrownBy(() -> DnsName.parse(".a")).hasMessageContaining("'.a' is no domain name");
        assertThatThrownBy(() -> DnsName.parse("a".repeat(64) + ".b")).hasMessageContaining("1 to 63 octets, not 64");
        assertThatThrownBy(() -> DnsName.parse("abc.".repeat(64))).hasMessageContaining("257 octets");
        assertThatThrownBy(() -> DnsName.parse("bücher.example")).hasMessageContaining("xn--");
        assertThatThrownBy(() -> DnsName.parse("a\\")).hasMessageContaining("backslash");
    }
}

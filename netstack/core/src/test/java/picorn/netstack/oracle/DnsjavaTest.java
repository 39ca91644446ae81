// SPDX-License-Identifier: MIT
package picorn.netstack.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.dns.DnsData;
import picorn.netstack.dns.DnsMessage;
import picorn.netstack.dns.DnsName;
import picorn.netstack.dns.DnsQuestion;
import picorn.netstack.dns.DnsRecord;
import picorn.netstack.dns.DnsType;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** dnsjava reads what we write, and we read what it writes. */
class DnsjavaTest {
    private static final long SEED = 1035;
    private static final int MESSAGES = 5_000;
    private static final List<DnsType> TYPES = List.of(
            DnsType.A, DnsType.NS, DnsType.CNAME, DnsType.SOA, DnsType.PTR, DnsType.TXT, DnsType.AAAA, DnsType.SRV);

    private final SplittableRandom random = new SplittableRandom(SEED);

    private DnsName name() {
        StringBuilder text = new StringBuilder();
        String letters = "abcXYZ019-_";
        for (int label = random.nextInt(4); label >= 0; label--) {
            for (int i = random.nextInt(20); i >= 0; i--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            text.append('.');
        }
        String[] suffixes = {"example.com", "arpa", "x\\.y.\\009z"};
        return DnsName.parse(text + suffixes[random.nextInt(suffixes.length)]);
    }

    private String text() {
        byte[] octets = new byte[random.nextInt(256)];
        random.nextBytes(octets);
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>(List.of(text()));
        for (int i = random.nextInt(3); i > 0; i--) {
            texts.add(text());
        }
        return texts;
    }

    private int u16() {
        return random.nextInt(0x10000);
    }

    private DnsData data(DnsType type) {
        return switch (type) {
            case A -> new DnsData.Ipv4(new Ipv4Address(random.nextInt()));
            case AAAA -> new DnsData.Ipv6(random.nextLong(), random.nextLong());
            case SOA -> new DnsData.Zone(
                    name(), name(), random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt(), 60);
            case TXT -> new DnsData.Text(texts());
            case SRV -> new DnsData.Service(u16(), u16(), u16(), name());
            default -> new DnsData.Host(name());
        };
    }

    private List<DnsRecord> records() {
        List<DnsRecord> records = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            DnsType type = TYPES.get(random.nextInt(TYPES.size()));
            int ttl = random.nextInt(Integer.MAX_VALUE);
            records.add(new DnsRecord(name(), type.code(), DnsRecord.INTERNET, ttl, data(type)));
        }
        return records;
    }

    private DnsMessage message() {
        DnsQuestion question = new DnsQuestion(name(), TYPES.get(random.nextInt(TYPES.size())));
        int flags =
                random.nextBoolean() ? DnsMessage.RESPONSE | DnsMessage.AUTHORITATIVE : DnsMessage.RECURSION_DESIRED;
        return new DnsMessage(u16(), flags, List.of(question), records(), records(), records());
    }

    private static byte[] octets(DnsMessage message) {
        byte[] room = new byte[0x10000];
        return new Octets().aim(room, 0, message.emit(Octets.over(room))).toArray();
    }

    private static Name name(DnsName name) throws TextParseException {
        return name.isRoot() ? Name.root : Name.fromString(name + ".");
    }

    private static void assertSame(DnsRecord ours, Record theirs) throws IOException {
        assertThat(theirs.getName()).isEqualTo(name(ours.name()));
        assertThat(theirs.getType()).isEqualTo(ours.type());
        assertThat(theirs.getDClass()).isEqualTo(ours.space());
        assertThat(theirs.getTTL()).isEqualTo(ours.ttl());
        if (ours.data() instanceof DnsData.Ipv4 data) {
            assertThat(((ARecord) theirs).getAddress().getHostAddress())
                    .isEqualTo(data.address().toString());
        } else if (ours.data() instanceof DnsData.Ipv6 data) {
            byte[] octets = java.nio.ByteBuffer.allocate(16)
                    .putLong(data.high())
                    .putLong(data.low())
                    .array();
            assertThat(((AAAARecord) theirs).getAddress()).isEqualTo(InetAddress.getByAddress(octets));
        } else if (ours.data() instanceof DnsData.Zone data) {
            assertZone(data, (SOARecord) theirs);
        } else if (ours.data() instanceof DnsData.Text data) {
            assertThat(((TXTRecord) theirs).getStringsAsByteArrays())
                    .containsExactlyElementsOf(data.strings().stream()
                            .map(each -> each.getBytes(StandardCharsets.ISO_8859_1))
                            .toList());
        } else if (ours.data() instanceof DnsData.Service data) {
            SRVRecord srv = (SRVRecord) theirs;
            assertThat(List.of(srv.getPriority(), srv.getWeight(), srv.getPort()))
                    .containsExactly(data.priority(), data.weight(), data.port());
            assertThat(srv.getTarget()).isEqualTo(name(data.host()));
        } else if (ours.data() instanceof DnsData.Host data) {
            assertThat(theirs.rdataToString()).isEqualTo(name(data.name()).toString());
        }
    }

    private static void assertZone(DnsData.Zone ours, SOARecord theirs) throws TextParseException {
        assertThat(theirs.getHost()).isEqualTo(name(ours.server()));
        assertThat(theirs.getAdmin()).isEqualTo(name(ours.mailbox()));
        assertThat(List.of(
                        (int) theirs.getSerial(),
                        (int) theirs.getRefresh(),
                        (int) theirs.getRetry(),
                        (int) theirs.getExpire(),
                        (int) theirs.getMinimum()))
                .containsExactly(ours.serial(), ours.refresh(), ours.retry(), ours.expire(), ours.minimum());
    }

    private static void assertSame(DnsMessage ours, Message theirs) throws IOException {
        assertThat(theirs.getHeader().getID()).isEqualTo(ours.id());
        assertThat(theirs.getHeader().getFlag(0)).isEqualTo((ours.flags() & DnsMessage.RESPONSE) != 0);
        assertThat(theirs.getQuestion().getName())
                .isEqualTo(name(ours.questions().get(0).name()));
        assertThat(theirs.getQuestion().getType())
                .isEqualTo(ours.questions().get(0).type());
        List<List<DnsRecord>> sections = List.of(ours.answers(), ours.authorities(), ours.additionals());
        for (int i = 0; i < 3; i++) {
            List<Record> records = theirs.getSection(Section.ANSWER + i);
            assertThat(records).hasSameSizeAs(sections.get(i));
            for (int j = 0; j < records.size(); j++) {
                assertSame(sections.get(i).get(j), records.get(j));
            }
        }
    }

    @Test
    void whatOneWritesTheOtherReads() throws IOException, Malformed {
        for (int i = 0; i < MESSAGES; i++) {
            DnsMessage ours = message();
            try {
                Message theirs = new Message(octets(ours));
                assertSame(ours, theirs);
                assertThat(DnsMessage.parse(Octets.over(theirs.toWire()))).isEqualTo(ours);
            } catch (AssertionError | IOException | Malformed e) {
                throw new AssertionError("seed " + SEED + ", message " + i + ": " + ours, e);
            }
        }
    }
}

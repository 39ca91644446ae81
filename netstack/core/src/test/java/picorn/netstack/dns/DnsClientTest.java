// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.netstack.testing.Station.OUR_MAC;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.PEER_MAC;
import static picorn.netstack.testing.Station.SECOND;
import static picorn.netstack.testing.Station.US;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.ip.Ipv4Header;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;
import picorn.netstack.udp.UdpHeader;

class DnsClientTest {
    private static final DnsName NAME = DnsName.parse("www.example.com");
    private static final DnsName ALIAS = DnsName.parse("web.example.com");
    private static final Ipv4Address ADDRESS = Ipv4Address.parse("192.0.2.7");
    private static final Ipv4Address SECOND_SERVER = Ipv4Address.parse("10.0.2.16");
    private static final Ipv4Address STRANGER = Ipv4Address.parse("10.0.2.17");
    private static final int MEMORY = 64 * 1024;

    private final Station station = new Station(MEMORY);
    private final DnsClient dns = station.stack().dns();

    @BeforeEach
    void knowServers() {
        station.knowingItsNeighbour();
        station.link().learn(SECOND_SERVER, PEER_MAC);
        dns.servers(List.of(PEER));
    }

    private DnsQuery lookup() {
        return dns.lookup(NAME, DnsType.A);
    }

    /** Queries that have been sent, as they stand in the frames. */
    private int asked() {
        return station.sent().frames().size();
    }

    private UdpHeader udp(int index) throws Malformed {
        return UdpHeader.parse(Octets.over(station.payload(index)));
    }

    private DnsMessage query(int index) throws Malformed {
        byte[] datagram = station.payload(index);
        return DnsMessage.parse(new Octets().aim(datagram, UdpHeader.SIZE, datagram.length - UdpHeader.SIZE));
    }

    private Ipv4Address server(int index) throws Malformed {
        return Ipv4Header.parse(Octets.over(station.packet(index))).destination();
    }

    private static byte[] octets(DnsMessage message) {
        byte[] room = new byte[2048];
        return new Octets().aim(room, 0, message.emit(Octets.over(room))).toArray();
    }

    private void give(Ipv4Address from, int fromPort, int toPort, byte[] data) {
        byte[] packet = Frames.ipv4(from, US, Frames.UDP, Frames.udp(from, fromPort, US, toPort, data));
        station.give(Frames.ethernet(OUR_MAC, PEER_MAC, EthernetHeader.IPV4, packet));
    }

    private static DnsMessage reply(DnsMessage query, int code, List<DnsRecord> answers, List<DnsRecord> zone) {
        int flags = DnsMessage.RESPONSE | DnsMessage.RECURSION_DESIRED | code;
        return new DnsMessage(query.id(), flags, query.questions(), answers, zone, List.of());
    }

    /** Answers a query as the server that was asked. */
    private void answer(int index, UnaryOperator<DnsMessage> answer) throws Malformed {
        give(server(index), 53, udp(index).sourcePort(), octets(answer.apply(query(index))));
    }

    private void answer(int index, DnsRecord... records) throws Malformed {
        answer(index, query -> reply(query, 0, List.of(records), List.of()));
    }

    private void answerCode(int index, int code) throws Malformed {
        answer(index, query -> reply(query, code, List.of(), List.of()));
    }

    private static DnsRecord record(DnsName name, DnsType type, int ttl, DnsData data) {
        return new DnsRecord(name, type.code(), DnsRecord.INTERNET, ttl, data);
    }

    private static DnsRecord address(DnsName name, int ttl) {
        return record(name, DnsType.A, ttl, new DnsData.Ipv4(ADDRESS));
    }

    private static DnsRecord alias(DnsName name, DnsName to) {
        return record(name, DnsType.CNAME, 60, new DnsData.Host(to));
    }

    private static DnsRecord zone(int ttl, int minimum) {
        DnsName zone = DnsName.parse("example.com");
        return record(zone, DnsType.SOA, ttl, new DnsData.Zone(zone, zone, 1, 2, 3, 4, minimum));
    }

    @Test
    void addressIsAskedForAndFound() throws Malformed {
        DnsQuery query = lookup();
        assertThat(query.isDone()).isFalse();
        assertThat(udp(0).destinationPort()).isEqualTo(53);
        assertThat(query(0).questions()).containsExactly(new DnsQuestion(NAME, DnsType.A));
        assertThat(query(0).flags()).isEqualTo(DnsMessage.RECURSION_DESIRED);
        answer(0, address(NAME, 60));
        assertThat(query.isDone()).isTrue();
        assertThat(query.failure()).isEmpty();
        assertThat(query.addresses()).containsExactly(ADDRESS);
        assertThat(query.canonicalName()).isEqualTo(NAME);
    }

    @Test
    void answerIsRememberedForItsTimeToLive() throws Malformed {
        lookup();
        answer(0, address(NAME, 60));
        station.advanceTo(60 * SECOND - 1);
        assertThat(dns.lookup(DnsName.parse("WWW.Example.COM"), DnsType.A).addresses())
                .containsExactly(ADDRESS);
        assertThat(asked()).isEqualTo(1);
        station.advanceTo(60 * SECOND);
        assertThat(lookup().isDone()).isFalse();
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void answerWithoutTimeToLiveIsNotRemembered() throws Malformed {
        lookup();
        answer(0, address(NAME, 0));
        lookup();
        answer(1, address(NAME, -1)); // 2^31 and more means 0: RFC 2181, section 8
        lookup();
        assertThat(asked()).isEqualTo(3);
    }

    @Test
    void absenceIsRememberedForTheZonesMinimum() throws Malformed {
        DnsQuery query = lookup();
        answer(0, asked -> reply(asked, 3, List.of(), List.of(zone(900, 30))));
        assertThat(query.failure()).contains(DnsFailure.NO_SUCH_NAME);
        station.advanceTo(30 * SECOND - 1);
        assertThat(lookup().failure()).contains(DnsFailure.NO_SUCH_NAME);
        station.advanceTo(30 * SECOND);
        assertThat(lookup().isDone()).isFalse();
    }

    @Test
    void nameWithoutSuchRecordsHasNoData() throws Malformed {
        DnsQuery query = dns.lookup(NAME, DnsType.AAAA);
        answer(0, asked -> reply(asked, 0, List.of(), List.of(zone(20, 900))));
        assertThat(query.failure()).contains(DnsFailure.NO_DATA);
        station.advanceTo(20 * SECOND - 1);
        assertThat(dns.lookup(NAME, DnsType.AAAA).isDone()).isTrue();
        assertThat(lookup().isDone()).as("another type").isFalse();
    }

    @Test
    void silentServersAreAskedInTurnEverMorePatiently() throws Malformed {
        dns.servers(List.of(PEER, SECOND_SERVER));
        DnsQuery query = lookup();
        station.advanceTo(100 * SECOND);
        assertThat(station.sent().times())
                .containsExactly(0L, 2 * SECOND, 4 * SECOND, 8 * SECOND, 12 * SECOND, 20 * SECOND);
        for (int i = 0; i < 6; i++) {
            assertThat(server(i)).isEqualTo(i % 2 == 0 ? PEER : SECOND_SERVER);
        }
        assertThat(query.failure()).contains(DnsFailure.TIMED_OUT);
    }

    @Test
    void lateAnswerOfAnEarlierServerStillCounts() throws Malformed {
        dns.servers(List.of(PEER, SECOND_SERVER));
        DnsQuery query = lookup();
        station.advanceTo(3 * SECOND);
        answer(0, address(NAME, 60));
        assertThat(query.addresses()).containsExactly(ADDRESS);
    }

    @Test
    void serverThatFailsIsLeftForTheNextAtOnce() throws Malformed {
        dns.servers(List.of(PEER, SECOND_SERVER));
        DnsQuery query = lookup();
        answerCode(0, DnsMessage.SERVER_FAILURE);
        assertThat(server(1)).isEqualTo(SECOND_SERVER);
        answerCode(1, DnsMessage.REFUSED);
        assertThat(query.failure()).contains(DnsFailure.REFUSED);
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void serverThatDoesNotKnowEdnsIsAskedWithoutIt() throws Malformed {
        DnsQuery query = lookup();
        assertThat(query(0).additionals()).hasSize(1);
        answerCode(0, DnsMessage.FORMAT_ERROR);
        assertThat(query(1).additionals()).isEmpty();
        answerCode(1, DnsMessage.FORMAT_ERROR);
        assertThat(query.failure()).contains(DnsFailure.SERVER_FAILED);
    }

    @Test
    void answersThatAreNotToOurQuestionAreDropped() throws Malformed {
        DnsQuery lookup = lookup();
        int port = udp(0).sourcePort();
        DnsMessage right = reply(query(0), 0, List.of(address(NAME, 60)), List.of());
        DnsMessage wrongId =
                new DnsMessage(right.id() ^ 1, right.flags(), right.questions(), right.answers(), List.of(), List.of());
        DnsMessage noResponse = new DnsMessage(right.id(), 0, right.questions(), right.answers(), List.of(), List.of());
        DnsMessage wrongQuestion = new DnsMessage(
                right.id(),
                right.flags(),
                List.of(new DnsQuestion(ALIAS, DnsType.A)),
                right.answers(),
                List.of(),
                List.of());
        give(PEER, 53, port, octets(wrongId));
        give(PEER, 53, port, octets(noResponse));
        give(PEER, 53, port, octets(wrongQuestion));
        give(PEER, 54, port, octets(right));
        give(STRANGER, 53, port, octets(right));
        assertThat(station.dropped(DnsDrop.UNEXPECTED)).isEqualTo(5);
        give(PEER, 53, port, new byte[5]);
        assertThat(station.dropped(DnsDrop.TRUNCATED)).isEqualTo(1);
        assertThat(lookup.isDone()).isFalse();
        give(PEER, 53, port, octets(right));
        assertThat(lookup.addresses()).containsExactly(ADDRESS);
    }

    @Test
    void numbersAndPortsDifferFromQuestionToQuestion() throws Malformed {
        Set<Integer> ids = new HashSet<>();
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < DnsClient.MOST_EXCHANGES; i++) {
            dns.lookup(DnsName.parse("host" + i), DnsType.A);
            ids.add(query(i).id());
            ports.add(udp(i).sourcePort());
        }
        assertThat(ids).hasSize(DnsClient.MOST_EXCHANGES);
        assertThat(ports).hasSize(DnsClient.MOST_EXCHANGES);
    }

    @Test
    void aliasesInAnAnswerAreFollowed() throws Malformed {
        DnsQuery query = lookup();
        answer(0, alias(NAME, ALIAS), address(ALIAS, 30));
        assertThat(query.addresses()).containsExactly(ADDRESS);
        assertThat(query.canonicalName()).isEqualTo(ALIAS);
        station.advanceTo(30 * SECOND);
        assertThat(lookup().isDone())
                .as("remembered no longer than the shortest")
                .isFalse();
    }

    @Test
    void aliasWithoutItsAddressIsAskedForInTurn() throws Malformed {
        DnsQuery query = lookup();
        answer(0, alias(NAME, ALIAS));
        assertThat(query(1).questions()).containsExactly(new DnsQuestion(ALIAS, DnsType.A));
        answer(1, address(ALIAS, 30));
        assertThat(query.addresses()).containsExactly(ADDRESS);
    }

    @Test
    void aliasesInACircleComeToAnEnd() throws Malformed {
        DnsQuery inOneMessage = lookup();
        answer(0, alias(NAME, ALIAS), alias(ALIAS, NAME));
        assertThat(inOneMessage.failure()).contains(DnsFailure.ALIAS_CHAIN);
        DnsQuery inMany = lookup();
        for (int i = 1; !inMany.isDone(); i++) {
            answer(i, i % 2 == 1 ? alias(NAME, ALIAS) : alias(ALIAS, NAME));
        }
        assertThat(inMany.failure()).contains(DnsFailure.ALIAS_CHAIN);
    }

    @Test
    void lookupsOfTheSameNameShareOneQuestion() throws Malformed {
        List<String> done = new ArrayList<>();
        DnsQuery first = lookup();
        DnsQuery second = lookup();
        first.onDone(() -> done.add("first"));
        second.onDone(() -> done.add("second"));
        assertThat(asked()).isEqualTo(1);
        answer(0, address(NAME, 60));
        assertThat(done).containsExactly("first", "second");
        lookup().onDone(() -> done.add("third, at once"));
        assertThat(done).hasSize(3);
    }

    @Test
    void otherTypesOfRecordAreFoundToo() throws Malformed {
        DnsName service = DnsName.parse("_http._tcp.example.com");
        DnsData[] data = {
            new DnsData.Service(10, 20, 8080, NAME),
            new DnsData.Text(List.of("a=1", "")),
            new DnsData.Ipv6(0x2001_0db8_0000_0000L, 1),
            new DnsData.Host(NAME)
        };
        DnsType[] types = {DnsType.SRV, DnsType.TXT, DnsType.AAAA, DnsType.PTR};
        for (int i = 0; i < types.length; i++) {
            DnsQuery query = dns.lookup(service, types[i]);
            answer(i, record(service, types[i], 60, data[i]));
            assertThat(query.records()).extracting(DnsRecord::data).containsExactly(data[i]);
        }
    }

    @Test
    void lookupWithoutServerOrRouteFailsAtOnce() {
        dns.servers(List.of(Ipv4Address.parse("198.51.100.1")));
        assertThat(lookup().failure()).contains(DnsFailure.UNREACHABLE);
        dns.servers(List.of());
        assertThat(lookup().failure()).contains(DnsFailure.NO_SERVER);
    }

    @Test
    void closedLookupIsNotAnsweredAndGivesItsMemoryBack() throws Malformed {
        long before = station.stack().budget().used();
        DnsQuery query = lookup();
        query.onDone(() -> {
            throw new AssertionError("closed lookups are silent");
        });
        query.close();
        query.close();
        assertThat(query.failure()).contains(DnsFailure.CLOSED);
        answer(0, address(NAME, 60));
        assertThat(station.stack().budget().used()).isEqualTo(before);
        assertThat(dns.deadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void lookupsWithoutMemoryFailAndThoseUnderWayGoOn() throws Malformed {
        DnsQuery first = lookup();
        long left = station.stack().budget().available();
        station.stack().budget().reserve(left);
        assertThat(dns.lookup(ALIAS, DnsType.A).failure()).contains(DnsFailure.OUT_OF_MEMORY);
        answer(0, address(NAME, 60));
        assertThat(first.addresses()).containsExactly(ADDRESS);
        station.stack().budget().release(left);
        DnsQuery again = dns.lookup(ALIAS, DnsType.A);
        assertThat(again.isDone()).isFalse();
    }

    @Test
    void moreLookupsThanAllowedFailAtOnce() {
        for (int i = 0; i < DnsClient.MOST_EXCHANGES; i++) {
            assertThat(dns.lookup(DnsName.parse("host" + i), DnsType.A).isDone())
                    .isFalse();
        }
        assertThat(lookup().failure()).contains(DnsFailure.OUT_OF_MEMORY);
    }

    @Test
    void memoryOfTheCacheIsBounded() throws Malformed {
        long before = station.stack().budget().used();
        for (int i = 0; i < 200; i++) {
            DnsName name = DnsName.parse("host" + i + ".example.com");
            DnsQuery query = dns.lookup(name, DnsType.A);
            answer(i, address(name, 1000 + i));
            query.close();
        }
        assertThat(station.stack().budget().used() - before).isBetween(1L, MEMORY / 16L);
        assertThat(dns.lookup(DnsName.parse("host199.example.com"), DnsType.A).isDone())
                .as("the youngest is there")
                .isTrue();
    }
}

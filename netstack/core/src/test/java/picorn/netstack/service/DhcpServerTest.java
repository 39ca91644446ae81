// SPDX-License-Identifier: MIT
package picorn.netstack.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.netstack.testing.Station.PEER_MAC;
import static picorn.netstack.testing.Station.SECOND;
import static picorn.netstack.testing.Station.US;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.dhcp.DhcpDrop;
import picorn.netstack.dhcp.DhcpMessage;
import picorn.netstack.dhcp.DhcpMessageType;
import picorn.netstack.dhcp.DhcpOption;
import picorn.netstack.dhcp.DhcpOptions;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.ip.Ipv4Header;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;
import picorn.netstack.udp.UdpHeader;

class DhcpServerTest {
    private static final Ipv4Address NONE = Ipv4Address.UNSPECIFIED;
    private static final Ipv4Address FIRST = Ipv4Address.parse("10.0.2.15");
    private static final Ipv4Address SECOND_ADDRESS = Ipv4Address.parse("10.0.2.16");
    private static final Ipv4Address DNS = Ipv4Address.parse("10.0.2.3");
    private static final MacAddress OTHER_MAC = MacAddress.parse("02:00:00:00:00:99");
    private static final int XID = 0x3903F326;

    private final Station station = new Station();
    private final DhcpServer server = DhcpServer.on(
            station.stack(), station.link(), new DhcpConfig(new Ipv4Prefix(US, 24), FIRST, 3, US, DNS, 3600));

    private static DhcpOptions options(DhcpMessageType type) {
        return new DhcpOptions().put(DhcpOption.MESSAGE_TYPE, new byte[] {(byte) type.code()});
    }

    private static DhcpMessage message(MacAddress from, Ipv4Address ciaddr, int flags, DhcpOptions options) {
        return new DhcpMessage(DhcpMessage.BOOTREQUEST, XID, 0, flags, ciaddr, NONE, NONE, from, options);
    }

    /** Sends as a client without an address does. */
    private void give(DhcpMessage message) {
        Ipv4Address from = message.ciaddr();
        byte[] datagram = Frames.udp(from, 68, Ipv4Address.BROADCAST, 67, Frames.dhcp(message));
        byte[] packet = Frames.ipv4(from, Ipv4Address.BROADCAST, Frames.UDP, datagram);
        station.give(Frames.ethernet(MacAddress.BROADCAST, message.chaddr(), EthernetHeader.IPV4, packet));
    }

    private void discover(MacAddress from) {
        give(message(from, NONE, 0, options(DhcpMessageType.DISCOVER)));
    }

    private static DhcpOptions selecting(Ipv4Address server, Ipv4Address address) {
        return options(DhcpMessageType.REQUEST)
                .put(DhcpOption.SERVER_IDENTIFIER, server)
                .put(DhcpOption.REQUESTED_ADDRESS, address);
    }

    private void select(MacAddress from, Ipv4Address address) {
        give(message(from, NONE, 0, selecting(US, address)));
    }

    private void lease(MacAddress from, Ipv4Address address) {
        discover(from);
        select(from, address);
        assertReply(DhcpMessageType.ACK, address);
        station.sent().clear();
    }

    private DhcpMessage reply() {
        try {
            byte[] datagram = station.payload(station.sent().frames().size() - 1);
            UdpHeader header = UdpHeader.parse(Octets.over(datagram));
            assertThat(header.sourcePort()).isEqualTo(67);
            assertThat(header.destinationPort()).isEqualTo(68);
            return DhcpMessage.parse(Octets.over(Arrays.copyOfRange(datagram, UdpHeader.SIZE, datagram.length)));
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }

    private void assertReply(DhcpMessageType type, Ipv4Address address) {
        DhcpMessage reply = reply();
        assertThat(reply.type()).contains(type);
        assertThat(reply.yiaddr()).isEqualTo(address);
        assertThat(reply.op()).isEqualTo(DhcpMessage.BOOTREPLY);
        assertThat(reply.xid()).isEqualTo(XID);
        assertThat(reply.options().address(DhcpOption.SERVER_IDENTIFIER)).contains(US);
    }

    private void assertSentTo(MacAddress mac, Ipv4Address address) throws Malformed {
        assertThat(EthernetHeader.parse(station.sent().last()).destination()).isEqualTo(mac);
        byte[] packet = station.packet(station.sent().frames().size() - 1);
        assertThat(Ipv4Header.parse(Octets.over(packet)).destination()).isEqualTo(address);
    }

    private void assertSilent(Drop reason) {
        assertThat(station.sent().frames()).isEmpty();
        assertThat(station.dropped(reason)).isEqualTo(1);
    }

    @Test
    void firstClientIsOfferedTheFirstAddressWithAllItNeeds() {
        discover(PEER_MAC);
        assertReply(DhcpMessageType.OFFER, FIRST);
        DhcpOptions options = reply().options();
        assertThat(options.address(DhcpOption.SUBNET_MASK)).contains(Ipv4Address.parse("255.255.255.0"));
        assertThat(options.address(DhcpOption.ROUTER)).contains(US);
        assertThat(options.address(DhcpOption.DOMAIN_NAME_SERVER)).contains(DNS);
        assertThat(options.number(DhcpOption.LEASE_TIME)).hasValue(3600);
        assertThat(options.number(DhcpOption.RENEWAL_TIME)).hasValue(1800);
        assertThat(options.number(DhcpOption.REBINDING_TIME)).hasValue(3150);
        assertThat(reply().chaddr()).isEqualTo(PEER_MAC);
        assertThat(server.bound()).isZero();
    }

    @Test
    void clientThatCanTakeUnicastIsAnsweredAtItsNewAddress() throws Malformed {
        discover(PEER_MAC);
        assertSentTo(PEER_MAC, FIRST);
        assertThat(station.sent().frames()).hasSize(1);
    }

    @Test
    void clientThatSetsTheBroadcastFlagIsAnsweredByBroadcast() throws Malformed {
        give(message(PEER_MAC, NONE, DhcpMessage.BROADCAST, options(DhcpMessageType.DISCOVER)));
        assertSentTo(MacAddress.BROADCAST, Ipv4Address.BROADCAST);
        assertThat(reply().flags()).isEqualTo(DhcpMessage.BROADCAST);
    }

    @Test
    void offerThatIsAcceptedIsAcknowledged() {
        discover(PEER_MAC);
        select(PEER_MAC, FIRST);
        assertReply(DhcpMessageType.ACK, FIRST);
        assertThat(reply().options().number(DhcpOption.LEASE_TIME)).hasValue(3600);
        assertThat(server.bound()).isEqualTo(1);
    }

    @Test
    void addressOtherThanTheOfferedOneIsRefusedByBroadcast() throws Malformed {
        discover(PEER_MAC);
        select(PEER_MAC, SECOND_ADDRESS);
        assertReply(DhcpMessageType.NAK, NONE);
        assertThat(reply().options().number(DhcpOption.LEASE_TIME)).isEmpty();
        assertSentTo(MacAddress.BROADCAST, Ipv4Address.BROADCAST);
    }

    @Test
    void offerIsWithdrawnWhenTheClientTakesAnotherServer() {
        discover(PEER_MAC);
        station.sent().clear();
        give(message(PEER_MAC, NONE, 0, selecting(Ipv4Address.parse("10.0.2.4"), FIRST)));
        assertSilent(DhcpDrop.IGNORED);
        give(message(OTHER_MAC, NONE, 0, options(DhcpMessageType.DISCOVER).put(DhcpOption.REQUESTED_ADDRESS, FIRST)));
        assertReply(DhcpMessageType.OFFER, FIRST);
    }

    @Test
    void addressOfOneClientIsNotOfferedToAnother() {
        discover(PEER_MAC);
        discover(OTHER_MAC);
        assertReply(DhcpMessageType.OFFER, SECOND_ADDRESS);
    }

    @Test
    void clientIsOfferedTheAddressItWishesForIfItIsFree() {
        DhcpOptions wish =
                options(DhcpMessageType.DISCOVER).put(DhcpOption.REQUESTED_ADDRESS, Ipv4Address.parse("10.0.2.17"));
        give(message(PEER_MAC, NONE, 0, wish));
        assertReply(DhcpMessageType.OFFER, Ipv4Address.parse("10.0.2.17"));
        give(message(OTHER_MAC, NONE, 0, wish));
        assertReply(DhcpMessageType.OFFER, FIRST);
    }

    @Test
    void clientIsOfferedItsOldAddressAgain() {
        lease(PEER_MAC, FIRST);
        lease(OTHER_MAC, SECOND_ADDRESS);
        station.advanceTo(10_000 * SECOND);
        discover(OTHER_MAC);
        assertReply(DhcpMessageType.OFFER, SECOND_ADDRESS);
    }

    @Test
    void clientWithAnIdentifierIsTheSameOnOtherHardware() {
        DhcpOptions identified = options(DhcpMessageType.DISCOVER).put(DhcpOption.CLIENT_IDENTIFIER, new byte[] {0, 7});
        give(message(PEER_MAC, NONE, 0, identified));
        give(message(OTHER_MAC, NONE, 0, identified));
        assertReply(DhcpMessageType.OFFER, FIRST);
        // RFC 6842: the server returns the identifier.
        assertThat(reply().options().octets(DhcpOption.CLIENT_IDENTIFIER)).contains(new byte[] {0, 7});
    }

    @Test
    void emptyPoolIsSilentUntilALeaseRunsOut() {
        for (int i = 0; i < 3; i++) {
            lease(new MacAddress(PEER_MAC.bits() + i), new Ipv4Address(FIRST.bits() + i));
        }
        discover(OTHER_MAC);
        assertSilent(DhcpDrop.POOL_EMPTY);
        station.advanceTo(3600 * SECOND);
        discover(OTHER_MAC);
        assertReply(DhcpMessageType.OFFER, FIRST);
    }

    @Test
    void offerThatIsNotTakenUpIsFreeAfterAMinute() {
        for (int i = 0; i < 3; i++) {
            discover(new MacAddress(PEER_MAC.bits() + i));
        }
        station.sent().clear();
        discover(OTHER_MAC);
        assertSilent(DhcpDrop.POOL_EMPTY);
        station.advanceTo(60 * SECOND);
        discover(OTHER_MAC);
        assertReply(DhcpMessageType.OFFER, FIRST);
    }

    @Test
    void renewingClientKeepsItsAddressForAnotherTerm() throws Malformed {
        lease(PEER_MAC, FIRST);
        station.advanceTo(1800 * SECOND);
        give(message(PEER_MAC, FIRST, 0, options(DhcpMessageType.REQUEST)));
        // The address of the client is known to ARP no longer.
        station.giveArp(2, PEER_MAC, FIRST, Station.OUR_MAC, US);
        assertReply(DhcpMessageType.ACK, FIRST);
        assertSentTo(PEER_MAC, FIRST);
        station.advanceTo(5399 * SECOND);
        assertThat(server.bound()).isEqualTo(1);
        station.advanceTo(5400 * SECOND);
        assertThat(server.bound()).isZero();
    }

    @Test
    void clientThatAsksAnewKeepsItsLeaseMeanwhile() {
        lease(PEER_MAC, FIRST);
        discover(PEER_MAC);
        assertReply(DhcpMessageType.OFFER, FIRST);
        station.advanceTo(3599 * SECOND);
        assertThat(server.bound()).isEqualTo(1);
    }

    @Test
    void clientThatRenewsWhatIsNotItsIsRefused() {
        lease(PEER_MAC, FIRST);
        give(message(OTHER_MAC, FIRST, 0, options(DhcpMessageType.REQUEST)));
        assertReply(DhcpMessageType.NAK, NONE);
    }

    private static DhcpOptions rebooting(Ipv4Address address) {
        return options(DhcpMessageType.REQUEST).put(DhcpOption.REQUESTED_ADDRESS, address);
    }

    @Test
    void rebootedClientGetsTheAddressItRemembers() {
        lease(PEER_MAC, FIRST);
        give(message(PEER_MAC, NONE, 0, rebooting(FIRST)));
        assertReply(DhcpMessageType.ACK, FIRST);
    }

    @Test
    void rebootedClientThatRemembersWronglyIsRefused() {
        lease(PEER_MAC, FIRST);
        give(message(PEER_MAC, NONE, 0, rebooting(SECOND_ADDRESS)));
        assertReply(DhcpMessageType.NAK, NONE);
    }

    @Test
    void rebootedClientOfAnotherNetworkIsRefused() {
        give(message(PEER_MAC, NONE, 0, rebooting(Ipv4Address.parse("192.168.1.7"))));
        assertReply(DhcpMessageType.NAK, NONE);
    }

    @Test
    void rebootedClientThatIsUnknownIsNotAnswered() {
        give(message(PEER_MAC, NONE, 0, rebooting(FIRST)));
        assertSilent(DhcpDrop.IGNORED);
    }

    @Test
    void releasedAddressIsFreeForOthersButKeptForItsOwnerWhileNobodyNeedsIt() {
        lease(PEER_MAC, FIRST);
        station.advanceTo(SECOND);
        give(message(PEER_MAC, FIRST, 0, options(DhcpMessageType.RELEASE)));
        assertThat(server.bound()).isZero();
        assertThat(station.sent().frames()).isEmpty();
        discover(OTHER_MAC);
        assertReply(DhcpMessageType.OFFER, SECOND_ADDRESS);
        discover(new MacAddress(OTHER_MAC.bits() + 1));
        discover(new MacAddress(OTHER_MAC.bits() + 2));
        assertReply(DhcpMessageType.OFFER, FIRST);
    }

    @Test
    void addressIsReleasedByItsOwnerOnly() {
        lease(PEER_MAC, FIRST);
        give(message(OTHER_MAC, FIRST, 0, options(DhcpMessageType.RELEASE)));
        assertThat(server.bound()).isEqualTo(1);
        assertSilent(DhcpDrop.IGNORED);
    }

    @Test
    void declinedAddressIsGivenToNobodyForTheTimeOfALease() {
        lease(PEER_MAC, FIRST);
        give(message(PEER_MAC, NONE, 0, options(DhcpMessageType.DECLINE).put(DhcpOption.REQUESTED_ADDRESS, FIRST)));
        discover(PEER_MAC);
        assertReply(DhcpMessageType.OFFER, SECOND_ADDRESS);
        discover(OTHER_MAC);
        station.sent().clear();
        discover(new MacAddress(OTHER_MAC.bits() + 1));
        assertSilent(DhcpDrop.POOL_EMPTY);
        station.advanceTo(3600 * SECOND);
        for (int i = 0; i < 3; i++) {
            discover(new MacAddress(OTHER_MAC.bits() + i));
        }
        assertReply(DhcpMessageType.OFFER, FIRST);
    }

    @Test
    void clientThatInformsIsToldTheRestButGivenNoAddress() throws Malformed {
        Ipv4Address own = Ipv4Address.parse("10.0.2.100");
        station.giveArp(1, PEER_MAC, own, Station.NOBODY, US);
        give(message(PEER_MAC, own, 0, options(DhcpMessageType.INFORM)));
        assertReply(DhcpMessageType.ACK, NONE);
        assertSentTo(PEER_MAC, own);
        assertThat(reply().options().address(DhcpOption.ROUTER)).contains(US);
        assertThat(reply().options().number(DhcpOption.LEASE_TIME)).isEmpty();
        assertThat(server.bound()).isZero();
    }

    @Test
    void shorterLeaseIsGivenIfAskedForButNotALongerOne() {
        DhcpOptions shorter = options(DhcpMessageType.DISCOVER).put(DhcpOption.LEASE_TIME, 600);
        give(message(PEER_MAC, NONE, 0, shorter));
        assertThat(reply().options().number(DhcpOption.LEASE_TIME)).hasValue(600);
        give(message(PEER_MAC, NONE, 0, shorter.put(DhcpOption.LEASE_TIME, -1)));
        assertThat(reply().options().number(DhcpOption.LEASE_TIME)).hasValue(3600);
        give(message(PEER_MAC, NONE, 0, shorter.put(DhcpOption.LEASE_TIME, 1)));
        assertThat(reply().options().number(DhcpOption.LEASE_TIME)).hasValue(60);
    }

    @Test
    void relayedMessagesAndThoseOfServersAreDropped() {
        DhcpOptions discover = options(DhcpMessageType.DISCOVER);
        give(new DhcpMessage(DhcpMessage.BOOTREQUEST, XID, 0, 0, NONE, NONE, DNS, PEER_MAC, discover));
        assertSilent(DhcpDrop.RELAYED);
        give(new DhcpMessage(DhcpMessage.BOOTREPLY, XID, 0, 0, NONE, NONE, NONE, PEER_MAC, discover));
        assertSilent(DhcpDrop.BAD_FORMAT);
        give(message(PEER_MAC, NONE, 0, options(DhcpMessageType.OFFER)));
        assertSilent(DhcpDrop.IGNORED);
    }

    @Test
    void poolMustLieInTheNetwork() {
        assertThatThrownBy(() -> new DhcpConfig(new Ipv4Prefix(US, 24), FIRST, 241, US, DNS, 3600))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10.0.2.255");
        assertThatThrownBy(() -> new DhcpConfig(new Ipv4Prefix(US, 24), FIRST, 0, US, DNS, 3600))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DhcpConfig(new Ipv4Prefix(US, 24), FIRST, 1, US, DNS, 59))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

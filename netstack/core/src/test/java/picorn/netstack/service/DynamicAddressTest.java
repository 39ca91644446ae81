// SPDX-License-Identifier: MIT
package picorn.netstack.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.arp.ArpPacket;
import picorn.netstack.arp.LinkLocal;
import picorn.netstack.context.OutOfMemoryBudget;
import picorn.netstack.dhcp.DhcpClient;
import picorn.netstack.dhcp.DhcpDrop;
import picorn.netstack.dhcp.DhcpLease;
import picorn.netstack.dhcp.DhcpMessage;
import picorn.netstack.dhcp.DhcpMessageType;
import picorn.netstack.dhcp.DhcpOption;
import picorn.netstack.dhcp.DhcpOptions;
import picorn.netstack.dhcp.DhcpState;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.ip.Ipv4Header;
import picorn.netstack.ip.SendResult;
import picorn.netstack.link.Network;
import picorn.netstack.link.Wire;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;
import picorn.netstack.testing.Drops;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Recorder;
import picorn.netstack.testing.Station;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpHeader;
import picorn.netstack.udp.UdpSocket;

/** A DHCP client against a server that is played message by message, and against ours (RFC 2131, sections 3 and 4.4). */
class DynamicAddressTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3600 * SECOND;
    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:15");
    private static final MacAddress SERVER_MAC = MacAddress.parse("02:00:00:00:00:02");
    private static final Ipv4Address NONE = Ipv4Address.UNSPECIFIED;
    private static final Ipv4Address SERVER = Ipv4Address.parse("10.0.2.2");
    private static final Ipv4Address OFFERED = Ipv4Address.parse("10.0.2.15");
    private static final Ipv4Address DNS = Ipv4Address.parse("10.0.2.3");

    private final Recorder sent = new Recorder();
    private final Stack stack = new Stack(StackConfig.minimal().seed(7));
    private final EthernetInterface link = stack.attach(new EthernetConfig("eth0", MAC), sent);
    private final DhcpClient client = DynamicAddress.on(stack, link);
    private long now;

    private void advanceTo(long time) {
        while (stack.deadline() <= time) {
            now = Math.max(now, stack.deadline());
            stack.poll(now);
        }
        now = time;
        stack.poll(now);
    }

    private boolean isDhcp(int index) {
        byte[] frame = sent.frames().get(index);
        return frame.length > 300 && frame[12] == 8 && frame[13] == 0;
    }

    /** The frames with DHCP messages among those that were sent. */
    private List<Integer> messages() {
        return java.util.stream.IntStream.range(0, sent.frames().size())
                .filter(this::isDhcp)
                .boxed()
                .toList();
    }

    private DhcpMessage message(int index) throws Malformed {
        byte[] frame = sent.frames().get(messages().get(index));
        int start = EthernetHeader.SIZE + Ipv4Header.SIZE + UdpHeader.SIZE;
        return DhcpMessage.parse(new Octets().aim(frame, start, frame.length - start));
    }

    private DhcpMessage last() throws Malformed {
        return message(messages().size() - 1);
    }

    private Ipv4Header lastIp() throws Malformed {
        byte[] frame = sent.frames().get(messages().get(messages().size() - 1));
        return Ipv4Header.parse(new Octets().aim(frame, EthernetHeader.SIZE, frame.length - EthernetHeader.SIZE));
    }

    private static DhcpOptions options(DhcpMessageType type) {
        return new DhcpOptions()
                .put(DhcpOption.MESSAGE_TYPE, new byte[] {(byte) type.code()})
                .put(DhcpOption.SERVER_IDENTIFIER, SERVER);
    }

    private static DhcpOptions lease(DhcpMessageType type, int seconds) {
        return options(type)
                .put(DhcpOption.SUBNET_MASK, Ipv4Address.parse("255.255.255.0"))
                .put(DhcpOption.ROUTER, SERVER)
                .put(DhcpOption.DOMAIN_NAME_SERVER, DNS)
                .put(DhcpOption.LEASE_TIME, seconds);
    }

    private void answer(int xid, Ipv4Address address, DhcpOptions options) {
        DhcpMessage reply = new DhcpMessage(DhcpMessage.BOOTREPLY, xid, 0, 0, NONE, address, NONE, MAC, options);
        byte[] datagram = Frames.udp(SERVER, 67, Ipv4Address.BROADCAST, 68, Frames.dhcp(reply));
        byte[] packet = Frames.ipv4(SERVER, Ipv4Address.BROADCAST, Frames.UDP, datagram);
        byte[] frame = Frames.ethernet(MacAddress.BROADCAST, SERVER_MAC, EthernetHeader.IPV4, packet);
        link.receive(frame, 0, frame.length, now);
    }

    private void answer(DhcpOptions options) throws Malformed {
        answer(last().xid(), OFFERED, options);
    }

    private void arpByAnother(Ipv4Address owner) {
        byte[] arp = Frames.arp(ArpPacket.REQUEST, SERVER_MAC, owner, new MacAddress(0), owner);
        byte[] frame = Frames.ethernet(MacAddress.BROADCAST, SERVER_MAC, EthernetHeader.ARP, arp);
        link.receive(frame, 0, frame.length, now);
    }

    private void bind(int seconds) throws Malformed {
        client.start();
        answer(lease(DhcpMessageType.OFFER, seconds));
        answer(lease(DhcpMessageType.ACK, seconds));
        advanceTo(now + 10 * SECOND);
        assertThat(client.state()).isEqualTo(DhcpState.BOUND);
    }

    @Test
    void discoverIsBroadcastFromNowhere() throws Malformed {
        client.start();
        assertThat(client.state()).isEqualTo(DhcpState.SELECTING);
        DhcpMessage discover = last();
        assertThat(discover.type()).contains(DhcpMessageType.DISCOVER);
        assertThat(discover.op()).isEqualTo(DhcpMessage.BOOTREQUEST);
        assertThat(discover.chaddr()).isEqualTo(MAC);
        assertThat(discover.ciaddr()).isEqualTo(NONE);
        assertThat(discover.flags()).isEqualTo(DhcpMessage.BROADCAST);
        assertThat(lastIp().source()).isEqualTo(NONE);
        assertThat(lastIp().destination()).isEqualTo(Ipv4Address.BROADCAST);
        assertThat(EthernetHeader.parse(sent.last()).destination()).isEqualTo(MacAddress.BROADCAST);
    }

    @Test
    void discoverIsRepeatedEverMoreRarelyGiveOrTakeASecond() throws Malformed {
        client.start();
        advanceTo(300 * SECOND);
        long[] waits = {4, 8, 16, 32, 64, 64, 64};
        List<Integer> frames = messages();
        for (int i = 0; i < waits.length; i++) {
            long wait = sent.times().get(frames.get(i + 1)) - sent.times().get(frames.get(i));
            assertThat(wait).isBetween((waits[i] - 1) * SECOND, (waits[i] + 1) * SECOND);
            assertThat(message(i).xid()).isEqualTo(message(0).xid());
        }
        assertThat(message(1).secs()).isBetween(3, 5);
    }

    @Test
    void offerIsTakenByARequestThatNamesServerAndAddress() throws Malformed {
        client.start();
        advanceTo(5 * SECOND);
        int secs = last().secs();
        int xid = last().xid();
        advanceTo(6 * SECOND);
        answer(lease(DhcpMessageType.OFFER, 3600));
        DhcpMessage request = last();
        assertThat(client.state()).isEqualTo(DhcpState.REQUESTING);
        assertThat(request.type()).contains(DhcpMessageType.REQUEST);
        assertThat(request.options().address(DhcpOption.SERVER_IDENTIFIER)).contains(SERVER);
        assertThat(request.options().address(DhcpOption.REQUESTED_ADDRESS)).contains(OFFERED);
        assertThat(request.ciaddr()).isEqualTo(NONE);
        assertThat(request.xid()).isEqualTo(xid);
        assertThat(request.secs()).as("as in the DISCOVER").isEqualTo(secs);
        assertThat(lastIp().destination()).isEqualTo(Ipv4Address.BROADCAST);
    }

    @Test
    void grantedAddressIsProbedBeforeItIsTaken() throws Malformed {
        client.start();
        answer(lease(DhcpMessageType.OFFER, 3600));
        answer(lease(DhcpMessageType.ACK, 3600));
        assertThat(client.state()).isEqualTo(DhcpState.PROBING);
        assertThat(link.addresses().isEmpty()).isTrue();
        advanceTo(10 * SECOND);
        assertThat(client.state()).isEqualTo(DhcpState.BOUND);
        assertThat(link.ipv4()).isEqualTo(new Ipv4Prefix(OFFERED, 24));
        assertThat(stack.dns().servers()).isEqualTo(List.of(DNS));
        assertThat(stack.ipv4().routes()).anySatisfy(route -> {
            assertThat(route.destination()).isEqualTo(Ipv4Prefix.ALL);
            assertThat(route.gateway()).isEqualTo(SERVER);
        });
        assertThat(client.lease().map(lease -> lease.server())).contains(SERVER);
    }

    @Test
    void addressThatAnotherUsesIsDeclinedAndAnotherAskedForAfterTenSeconds() throws Malformed {
        client.start();
        answer(lease(DhcpMessageType.OFFER, 3600));
        answer(lease(DhcpMessageType.ACK, 3600));
        advanceTo(SECOND);
        arpByAnother(OFFERED);
        DhcpMessage decline = last();
        assertThat(decline.type()).contains(DhcpMessageType.DECLINE);
        assertThat(decline.options().address(DhcpOption.REQUESTED_ADDRESS)).contains(OFFERED);
        assertThat(decline.options().address(DhcpOption.SERVER_IDENTIFIER)).contains(SERVER);
        assertThat(decline.options().octets(DhcpOption.PARAMETER_REQUEST_LIST)).isEmpty();
        assertThat(client.state()).isEqualTo(DhcpState.INIT);
        advanceTo(11 * SECOND - 1);
        assertThat(last().type()).contains(DhcpMessageType.DECLINE);
        advanceTo(11 * SECOND);
        assertThat(last().type()).contains(DhcpMessageType.DISCOVER);
    }

    @Test
    void leaseIsRenewedAtHalfTimeByUnicastAndThenByBroadcastUntilItExpires() throws Malformed {
        bind(3600);
        advanceTo(1800 * SECOND - 1);
        link.learn(SERVER, SERVER_MAC);
        int before = messages().size();
        advanceTo(1800 * SECOND);
        assertThat(client.state()).isEqualTo(DhcpState.RENEWING);
        assertThat(messages()).hasSize(before + 1);
        assertThat(last().ciaddr()).isEqualTo(OFFERED);
        assertThat(last().options().address(DhcpOption.SERVER_IDENTIFIER)).isEmpty();
        assertThat(last().options().address(DhcpOption.REQUESTED_ADDRESS)).isEmpty();
        assertThat(lastIp().destination()).isEqualTo(SERVER);
        advanceTo(2474 * SECOND);
        assertThat(messages()).hasSize(before + 1);
        link.learn(SERVER, SERVER_MAC);
        advanceTo(2475 * SECOND); // half of what is left until 3150 s
        assertThat(messages()).hasSize(before + 2);
        advanceTo(3150 * SECOND);
        assertThat(client.state()).isEqualTo(DhcpState.REBINDING);
        assertThat(lastIp().destination()).isEqualTo(Ipv4Address.BROADCAST);
        advanceTo(HOUR - 1);
        assertThat(link.ipv4().address()).isEqualTo(OFFERED);
        advanceTo(HOUR);
        assertThat(client.state()).isEqualTo(DhcpState.SELECTING);
        assertThat(link.addresses().isEmpty()).isTrue();
        assertThat(stack.ipv4().routes()).isEmpty();
        assertThat(stack.dns().servers()).isEmpty();
    }

    @Test
    void renewedLeaseGoesOnWithoutProbing() throws Malformed {
        bind(3600);
        advanceTo(1800 * SECOND - 1);
        link.learn(SERVER, SERVER_MAC);
        advanceTo(1800 * SECOND);
        answer(lease(DhcpMessageType.ACK, 3600));
        assertThat(client.state()).isEqualTo(DhcpState.BOUND);
        assertThat(client.lease().map(lease -> lease.expiresAt())).contains(1800 * SECOND + HOUR);
        assertThat(stack.ipv4().routes()).hasSize(2);
    }

    @Test
    void refusalTakesTheAddressAwayAndBeginsAnew() throws Malformed {
        bind(3600);
        advanceTo(1800 * SECOND - 1);
        link.learn(SERVER, SERVER_MAC);
        advanceTo(1800 * SECOND);
        answer(last().xid(), NONE, options(DhcpMessageType.NAK));
        assertThat(client.lease()).isEmpty();
        assertThat(link.addresses().isEmpty()).isTrue();
        advanceTo(1801 * SECOND);
        assertThat(last().type()).contains(DhcpMessageType.DISCOVER);
    }

    @Test
    void requestThatNobodyAnswersIsGivenUpAfterFive() throws Malformed {
        client.start();
        answer(lease(DhcpMessageType.OFFER, 3600));
        advanceTo(200 * SECOND);
        List<Optional<DhcpMessageType>> types = new java.util.ArrayList<>();
        for (int i = 0; i < messages().size(); i++) {
            types.add(message(i).type());
        }
        assertThat(types.subList(1, 6)).containsOnly(Optional.of(DhcpMessageType.REQUEST));
        assertThat(types.get(6)).contains(DhcpMessageType.DISCOVER);
        assertThat(message(6).xid()).isNotEqualTo(message(5).xid());
    }

    @Test
    void rememberedAddressIsAskedForWithoutNamingAServer() throws Malformed {
        client.start(OFFERED);
        assertThat(client.state()).isEqualTo(DhcpState.REBOOTING);
        assertThat(last().type()).contains(DhcpMessageType.REQUEST);
        assertThat(last().ciaddr()).isEqualTo(NONE);
        assertThat(last().options().address(DhcpOption.REQUESTED_ADDRESS)).contains(OFFERED);
        assertThat(last().options().address(DhcpOption.SERVER_IDENTIFIER)).isEmpty();
        answer(lease(DhcpMessageType.ACK, 3600));
        advanceTo(10 * SECOND);
        assertThat(client.state()).isEqualTo(DhcpState.BOUND);
    }

    @Test
    void stoppedClientReleasesItsAddress() throws Malformed {
        bind(3600);
        link.learn(SERVER, SERVER_MAC);
        client.stop();
        assertThat(last().type()).contains(DhcpMessageType.RELEASE);
        assertThat(last().ciaddr()).isEqualTo(OFFERED);
        assertThat(last().options().address(DhcpOption.SERVER_IDENTIFIER)).contains(SERVER);
        assertThat(lastIp().destination()).isEqualTo(SERVER);
        assertThat(client.state()).isEqualTo(DhcpState.STOPPED);
        assertThat(link.addresses().isEmpty()).isTrue();
    }

    @Test
    void endlessLeaseIsNeverRenewed() throws Malformed {
        bind(-1);
        advanceTo(1_000_000 * HOUR / 10);
        assertThat(client.state()).isEqualTo(DhcpState.BOUND);
        assertThat(client.deadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void messagesThatAreNotForItAreIgnored() throws Malformed {
        client.start();
        int xid = last().xid();
        answer(xid ^ 1, OFFERED, lease(DhcpMessageType.OFFER, 3600));
        answer(xid, NONE, lease(DhcpMessageType.OFFER, 3600));
        answer(xid, OFFERED, lease(DhcpMessageType.ACK, 3600));
        answer(xid, OFFERED, lease(DhcpMessageType.REQUEST, 3600));
        assertThat(stack.dropped(DhcpDrop.IGNORED)).isEqualTo(4);
        assertThat(client.state()).isEqualTo(DhcpState.SELECTING);
        answer(xid, OFFERED, lease(DhcpMessageType.OFFER, 3600));
        answer(xid, OFFERED, lease(DhcpMessageType.ACK, 3600).put(DhcpOption.SERVER_IDENTIFIER, DNS));
        answer(xid, OFFERED, options(DhcpMessageType.ACK)); // no lease time
        assertThat(client.state()).isEqualTo(DhcpState.REQUESTING);
        assertThat(stack.dropped(DhcpDrop.IGNORED)).isEqualTo(6);
    }

    @Test
    void mtuOfTheLeaseHoldsAsLongAsTheLease() throws Malformed {
        // RFC 2132, section 5.1: the MTU to use on this interface, a 16-bit number.
        client.start();
        answer(lease(DhcpMessageType.OFFER, 3600));
        answer(lease(DhcpMessageType.ACK, 3600).put(DhcpOption.INTERFACE_MTU, new byte[] {1400 >> 8, (byte) 1400}));
        advanceTo(10 * SECOND);
        assertThat(link.mtu()).isEqualTo(1400);
        link.learn(SERVER, SERVER_MAC);
        UdpSocket socket = stack.udp().bind(5000, 100);
        UdpDatagram datagram = new UdpDatagram(new byte[1400]).to(SERVER, 9);
        assertThat(socket.send(datagram.length(1400 - 28))).isEqualTo(SendResult.SENT);
        assertThat(socket.send(datagram.length(1400 - 27))).isEqualTo(SendResult.TOO_LARGE);
        client.stop();
        assertThat(link.mtu()).isEqualTo(1500);
    }

    @Test
    void mtuBeyondTheLinksIsTheLinks() throws Malformed {
        client.start();
        answer(lease(DhcpMessageType.OFFER, 3600));
        answer(lease(DhcpMessageType.ACK, 3600).put(DhcpOption.INTERFACE_MTU, new byte[] {9000 >> 8, (byte) 9000}));
        advanceTo(10 * SECOND);
        assertThat(link.mtu()).isEqualTo(1500);
        assertThat(client.lease().map(DhcpLease::mtu)).contains(9000);
    }

    @Test
    void clientThatCannotHaveItsPortKeepsNothing() {
        Station station = new Station();
        LinkLocal other = LinkLocal.on(
                station.stack().ipv4(), station.link(), station.link().arp());
        other.start();
        station.advanceTo(20 * SECOND);
        Ipv4Address own = other.address().address();
        station.stack().udp().bind(DhcpMessage.CLIENT_PORT, 100);
        long used = station.stack().budget().used();
        assertThatThrownBy(() -> DynamicAddress.on(station.stack(), station.link()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("68");
        assertThat(station.stack().budget().used()).isEqualTo(used);
        station.sent().clear();
        station.giveArp(ArpPacket.REQUEST, Station.PEER_MAC, own, Station.NOBODY, own);
        assertThat(station.sent().frames())
                .as("who claimed before goes on defending")
                .hasSize(1);
    }

    @Test
    void clientThatTheBudgetHasNoRoomForKeepsNothing() {
        Stack small = new Stack(StackConfig.minimal());
        EthernetInterface eth0 = small.attach(new EthernetConfig("eth0", MAC), sent);
        small.budget().demand(small.budget().available() - 4000, "all but what the port takes");
        long used = small.budget().used();
        assertThatThrownBy(() -> DynamicAddress.on(small, eth0)).isInstanceOf(OutOfMemoryBudget.class);
        assertThat(small.budget().used()).isEqualTo(used);
        small.udp().bind(DhcpMessage.CLIENT_PORT, 100);
    }

    @Test
    void ourServerGivesOurClientAnAddressAndKeepsIt() {
        Wire wire = new Wire();
        UserGateway gateway = UserGateway.on(wire.b(), 1);
        Stack host = new Stack(StackConfig.client().seed(2));
        EthernetInterface eth0 = host.attach(new EthernetConfig("eth0", MAC), wire.a());
        wire.a().connect(eth0);
        Network network = new Network(wire, gateway, host);
        DhcpClient dhcp = DynamicAddress.on(host, eth0);
        dhcp.start();
        network.poll(10 * SECOND);
        assertThat(eth0.ipv4()).isEqualTo(new Ipv4Prefix(UserGateway.FIRST_CLIENT, 24));
        network.poll(100 * HOUR);
        assertThat(dhcp.state()).isEqualTo(DhcpState.BOUND);
        assertThat(gateway.dhcp().bound()).isEqualTo(1);
        dhcp.stop();
        network.poll(101 * HOUR);
        assertThat(gateway.dhcp().bound()).isZero();
        assertThat(Drops.all().filter(drop -> host.dropped(drop) > 0)).isEmpty();
    }
}

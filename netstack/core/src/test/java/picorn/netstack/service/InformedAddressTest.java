// SPDX-License-Identifier: MIT
package picorn.netstack.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.netstack.testing.Station.OUR_MAC;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.SECOND;
import static picorn.netstack.testing.Station.US;

import java.util.List;
import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.context.Timed;
import picorn.netstack.dhcp.DhcpDrop;
import picorn.netstack.dhcp.DhcpInform;
import picorn.netstack.dhcp.DhcpMessage;
import picorn.netstack.dhcp.DhcpMessageType;
import picorn.netstack.dhcp.DhcpOption;
import picorn.netstack.dhcp.DhcpOptions;
import picorn.netstack.dhcp.DhcpSettings;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.ip.Ipv4Header;
import picorn.netstack.ip.Route;
import picorn.netstack.link.Network;
import picorn.netstack.link.Wire;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;
import picorn.netstack.udp.UdpHeader;

/** DHCPINFORM (RFC 2131, sections 3.4 and 4.4.3), against a server that is played, and against ours. */
class InformedAddressTest {
    private static final Ipv4Address DNS = Ipv4Address.parse("10.0.2.3");

    private final Station station = new Station();
    private final DhcpInform client = InformedAddress.on(station.stack(), station.link());

    private DhcpMessage sent(int index) throws Malformed {
        byte[] frame = station.sent().frames().get(index);
        int start = EthernetHeader.SIZE + Ipv4Header.SIZE + UdpHeader.SIZE;
        return DhcpMessage.parse(new Octets().aim(frame, start, frame.length - start));
    }

    private void answer(int xid, DhcpMessageType type) {
        DhcpOptions options = new DhcpOptions()
                .put(DhcpOption.MESSAGE_TYPE, new byte[] {(byte) type.code()})
                .put(DhcpOption.SERVER_IDENTIFIER, PEER)
                .put(DhcpOption.ROUTER, PEER)
                .put(DhcpOption.DOMAIN_NAME_SERVER, DNS)
                .put(DhcpOption.INTERFACE_MTU, new byte[] {1400 >> 8, (byte) 1400});
        Ipv4Address none = Ipv4Address.UNSPECIFIED;
        DhcpMessage reply = new DhcpMessage(DhcpMessage.BOOTREPLY, xid, 0, 0, US, none, none, OUR_MAC, options);
        station.giveUdp(67, 68, Frames.dhcp(reply));
    }

    @Test
    void informSaysItsAddressAndAsksForNoLease() throws Malformed {
        client.start();
        DhcpMessage inform = sent(0);
        assertThat(inform.type()).contains(DhcpMessageType.INFORM);
        assertThat(inform.ciaddr()).isEqualTo(US);
        assertThat(inform.chaddr()).isEqualTo(OUR_MAC);
        // RFC 2131, table 5: MUST NOT.
        assertThat(inform.options().address(DhcpOption.REQUESTED_ADDRESS)).isEmpty();
        assertThat(inform.options().number(DhcpOption.LEASE_TIME)).isEmpty();
        assertThat(inform.options().address(DhcpOption.SERVER_IDENTIFIER)).isEmpty();
        assertThat(inform.options().octets(DhcpOption.PARAMETER_REQUEST_LIST))
                .hasValueSatisfying(wanted -> assertThat(wanted).containsExactly(1, 3, 6, 26));
        Ipv4Header header = Ipv4Header.parse(new Octets()
                .aim(
                        station.sent().last(),
                        EthernetHeader.SIZE,
                        station.sent().last().length() - EthernetHeader.SIZE));
        assertThat(header.source()).isEqualTo(US);
        assertThat(header.destination()).isEqualTo(Ipv4Address.BROADCAST);
    }

    @Test
    void whatTheServerSaysIsDone() throws Malformed {
        client.start();
        answer(sent(0).xid(), DhcpMessageType.ACK);
        assertThat(client.state()).isEqualTo(DhcpInform.State.INFORMED);
        assertThat(client.settings()).contains(new DhcpSettings(List.of(PEER), List.of(DNS), 1400));
        assertThat(station.stack().dns().servers()).isEqualTo(List.of(DNS));
        assertThat(station.stack().ipv4().routes()).contains(new Route(Ipv4Prefix.ALL, PEER, station.link()));
        assertThat(station.link().mtu()).isEqualTo(1400);
        assertThat(station.link().ipv4()).isEqualTo(new Ipv4Prefix(US, 24));
        assertThat(station.stack().deadline()).isEqualTo(Timed.NEVER);
        client.start();
        answer(sent(1).xid(), DhcpMessageType.ACK);
        assertThat(station.stack().ipv4().routes()).as("again, once each").hasSize(2);
    }

    @Test
    void whatIsNoAnswerIsIgnored() throws Malformed {
        client.start();
        answer(sent(0).xid() ^ 1, DhcpMessageType.ACK);
        answer(sent(0).xid(), DhcpMessageType.OFFER);
        assertThat(client.state()).isEqualTo(DhcpInform.State.ASKING);
        client.stop();
        answer(sent(0).xid(), DhcpMessageType.ACK);
        assertThat(client.settings()).isEmpty();
        assertThat(station.dropped(DhcpDrop.IGNORED)).isEqualTo(3);
    }

    @Test
    void fourTriesAreEnough() throws Malformed {
        // RFC 2131, sections 4.1 and 4.4.3.
        client.start();
        station.advanceTo(1000 * SECOND);
        assertThat(station.sent().frames()).hasSize(4);
        assertThat(sent(3).xid()).isEqualTo(sent(0).xid());
        long[] waits = {4, 8, 16};
        for (int i = 0; i < waits.length; i++) {
            long wait =
                    station.sent().times().get(i + 1) - station.sent().times().get(i);
            assertThat(wait).isBetween((waits[i] - 1) * SECOND, (waits[i] + 1) * SECOND);
        }
        assertThat(client.state()).isEqualTo(DhcpInform.State.UNANSWERED);
        assertThat(station.stack().deadline()).isEqualTo(Timed.NEVER);
    }

    @Test
    void interfaceWithoutAnAddressIsToldToGetOne() {
        Stack stack = new Stack(StackConfig.minimal());
        EthernetInterface eth0 = stack.attach(new EthernetConfig("eth0", OUR_MAC), station.sent());
        assertThatThrownBy(() -> InformedAddress.on(stack, eth0).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("eth0 has no address");
    }

    @Test
    void ourServerInformsOurClientAndLeasesNothing() {
        Wire wire = new Wire();
        UserGateway gateway = UserGateway.on(wire.b(), 1);
        Stack host = new Stack(StackConfig.client().seed(2));
        EthernetConfig config =
                new EthernetConfig("eth0", MacAddress.parse("02:00:00:00:00:50"), Ipv4Prefix.parse("10.0.2.50/24"));
        EthernetInterface eth0 = host.attach(config, wire.a());
        wire.a().connect(eth0);
        DhcpInform dhcp = InformedAddress.on(host, eth0);
        dhcp.start();
        new Network(wire, gateway, host).poll(SECOND);
        assertThat(dhcp.state()).isEqualTo(DhcpInform.State.INFORMED);
        assertThat(dhcp.settings().map(DhcpSettings::routers)).contains(List.of(Ipv4Address.parse("10.0.2.2")));
        assertThat(gateway.dhcp().bound()).isZero();
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.arp;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.netstack.testing.Station.NOBODY;
import static picorn.netstack.testing.Station.OUR_MAC;
import static picorn.netstack.testing.Station.PEER_MAC;
import static picorn.netstack.testing.Station.SECOND;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.context.Timed;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;

class AddressClaimTest implements ClaimListener {
    private static final Ipv4Address WANTED = Ipv4Address.parse("10.0.2.50");
    private static final Ipv4Address ZERO = Ipv4Address.UNSPECIFIED;

    private final Station station = new Station(1 << 18, new EthernetConfig("eth0", OUR_MAC));
    private final List<String> told = new ArrayList<>();
    private final AddressClaim claim = AddressClaim.on(
            station.stack().ipv4(), station.link(), station.link().arp(), this);

    @Override
    public void granted() {
        told.add("granted");
    }

    @Override
    public void refused() {
        told.add("refused");
    }

    @Override
    public void lost() {
        told.add("lost");
    }

    private ArpPacket arp(int index) throws Malformed {
        byte[] frame = station.sent().frames().get(index);
        assertThat(EthernetHeader.parse(Octets.over(frame)).destination()).isEqualTo(MacAddress.BROADCAST);
        return ArpPacket.parse(new Octets().aim(frame, 14, frame.length - 14));
    }

    private void start() {
        claim.start(new Ipv4Prefix(WANTED, 24));
    }

    private AddressClaimTest held() {
        start();
        station.advanceTo(20 * SECOND);
        station.sent().clear();
        return this;
    }

    @Test
    void freeAddressIsProbedThriceAndAnnouncedTwice() throws Malformed {
        start();
        station.advanceTo(60 * SECOND);
        List<Long> times = station.sent().times();
        assertThat(times).hasSize(5);
        assertThat(times.get(0)).isBetween(0L, SECOND);
        assertThat(times.get(1) - times.get(0)).isBetween(SECOND, 2 * SECOND);
        assertThat(times.get(2) - times.get(1)).isBetween(SECOND, 2 * SECOND);
        assertThat(times.get(3) - times.get(2)).isEqualTo(2 * SECOND);
        assertThat(times.get(4) - times.get(3)).isEqualTo(2 * SECOND);
        for (int i = 0; i < 3; i++) {
            assertThat(arp(i)).isEqualTo(new ArpPacket(ArpPacket.REQUEST, OUR_MAC, ZERO, NOBODY, WANTED));
        }
        for (int i = 3; i < 5; i++) {
            assertThat(arp(i)).isEqualTo(new ArpPacket(ArpPacket.REQUEST, OUR_MAC, WANTED, NOBODY, WANTED));
        }
        assertThat(told).containsExactly("granted");
        assertThat(station.link().ipv4()).hasToString("10.0.2.50/24");
        assertThat(station.stack().deadline()).isEqualTo(Timed.NEVER);
    }

    @Test
    void addressThatIsInUseIsNotTaken() {
        start();
        station.advanceTo(3 * SECOND);
        station.giveArp(ArpPacket.REPLY, PEER_MAC, WANTED, OUR_MAC, ZERO);
        station.advanceTo(60 * SECOND);
        assertThat(told).containsExactly("refused");
        assertThat(station.link().addresses().isEmpty()).isTrue();
    }

    @Test
    void addressThatAnotherProbesForIsNotTaken() {
        // RFC 5227, section 2.1.1: simultaneous probes.
        start();
        station.advanceTo(3 * SECOND);
        station.giveArp(ArpPacket.REQUEST, PEER_MAC, ZERO, NOBODY, WANTED);
        assertThat(told).containsExactly("refused");
    }

    @Test
    void ownProbeThatComesBackIsNoConflict() {
        start();
        station.advanceTo(3 * SECOND);
        station.give(Frames.ethernet(
                MacAddress.BROADCAST, OUR_MAC, EthernetHeader.ARP, Frames.arp(1, OUR_MAC, ZERO, NOBODY, WANTED)));
        station.advanceTo(60 * SECOND);
        assertThat(told).containsExactly("granted");
    }

    @Test
    void firstConflictIsAnsweredAndTheSecondWithinTenSecondsIsGivenWayTo() throws Malformed {
        held();
        station.giveArp(ArpPacket.REQUEST, PEER_MAC, WANTED, NOBODY, WANTED);
        assertThat(station.sent().frames()).hasSize(1);
        assertThat(arp(0)).isEqualTo(new ArpPacket(ArpPacket.REQUEST, OUR_MAC, WANTED, NOBODY, WANTED));
        station.advanceTo(30 * SECOND - 1);
        station.giveArp(ArpPacket.REQUEST, PEER_MAC, WANTED, NOBODY, WANTED);
        assertThat(told).containsExactly("granted", "lost");
        assertThat(station.link().addresses().isEmpty()).isTrue();
        assertThat(station.stack().ipv4().routes()).isEmpty();
    }

    @Test
    void conflictsFartherApartAreEachAnswered() {
        held();
        station.giveArp(ArpPacket.REQUEST, PEER_MAC, WANTED, NOBODY, WANTED);
        station.advanceTo(30 * SECOND);
        station.giveArp(ArpPacket.REQUEST, PEER_MAC, WANTED, NOBODY, WANTED);
        assertThat(told).containsExactly("granted");
        assertThat(station.sent().frames()).hasSize(2);
    }

    @Test
    void afterTenConflictsOneAddressAMinuteIsTried() {
        for (int i = 0; i < 10; i++) {
            start();
            station.giveArp(ArpPacket.REQUEST, PEER_MAC, WANTED, NOBODY, WANTED);
        }
        start();
        assertThat(station.stack().deadline()).isBetween(60 * SECOND, 61 * SECOND);
    }

    @Test
    void linkLocalAddressIsDrawnAnewUntilOneIsFree() throws Malformed {
        LinkLocal local = LinkLocal.on(
                station.stack().ipv4(), station.link(), station.link().arp());
        int[] changes = new int[1];
        local.onChange(() -> changes[0]++);
        local.start();
        station.advanceTo(2 * SECOND);
        Ipv4Address first = arp(0).targetProtocol();
        station.giveArp(ArpPacket.REPLY, PEER_MAC, first, OUR_MAC, ZERO);
        assertThat(local.address()).isEqualTo(Ipv4Prefix.NONE);
        station.advanceTo(30 * SECOND);
        Ipv4Prefix second = local.address();
        assertThat(second.address()).isNotEqualTo(first);
        assertThat(second.length()).isEqualTo(16);
        // RFC 3927, section 2.1: neither the first nor the last 256 addresses.
        assertThat(second.address().bits())
                .isBetween(
                        Ipv4Address.parse("169.254.1.0").bits(),
                        Ipv4Address.parse("169.254.254.255").bits());
        assertThat(changes[0]).isEqualTo(1);
    }

    @Test
    void linkLocalAddressIsAnsweredForToEverybody() throws Malformed {
        LinkLocal local = LinkLocal.on(
                station.stack().ipv4(), station.link(), station.link().arp());
        local.start();
        station.advanceTo(30 * SECOND);
        station.sent().clear();
        Ipv4Address peer = Ipv4Address.parse("169.254.7.7");
        station.giveArp(
                ArpPacket.REQUEST, PEER_MAC, peer, NOBODY, local.address().address());
        assertThat(arp(0))
                .isEqualTo(
                        new ArpPacket(ArpPacket.REPLY, OUR_MAC, local.address().address(), PEER_MAC, peer));
        local.stop();
        assertThat(station.link().addresses().isEmpty()).isTrue();
    }
}

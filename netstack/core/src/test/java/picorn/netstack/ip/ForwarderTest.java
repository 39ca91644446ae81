// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.netstack.testing.Router.A;
import static picorn.netstack.testing.Router.B;
import static picorn.netstack.testing.Router.B_MAC;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.icmp.IcmpDrop;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Router;

class ForwarderTest {
    private final Router router = new Router(1000);
    private final byte[] data = new byte[100];

    @BeforeEach
    void join() {
        Forwarder.join(router.stack().ipv4());
        Fragmenter.join(router.stack().ipv4());
    }

    private static byte[] packet(Ipv4Address to, int timeToLive, int flags, int length) {
        return Frames.ipv4(new Ipv4Header(20, 0, 20 + length, 7, flags, timeToLive, 99, A, to), new byte[length]);
    }

    private long dropped(Drop reason) {
        return router.stack().dropped(reason);
    }

    private byte[] told() {
        return Router.payload(router.toA(), 0);
    }

    @Test
    void packetGoesOnWithOneHopLess() throws Malformed {
        router.fromA(Frames.ipv4(A, B, 99, data));
        assertThat(EthernetHeader.parse(router.toB().last()).destination()).isEqualTo(B_MAC);
        byte[] packet = Router.packet(router.toB(), 0);
        Ipv4Header header = Ipv4Header.parse(Octets.over(packet));
        assertThat(header.timeToLive()).isEqualTo(63);
        assertThat(header.identification()).isEqualTo(0x1234);
        assertThat(header.source()).isEqualTo(A);
        assertThat(Arrays.copyOfRange(packet, 20, 120)).isEqualTo(data);
        assertThat(router.stack().counters().counters()).containsEntry("ipv4.forwarded", 1L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void packetWithoutHopsLeftIsAnswered(int timeToLive) {
        byte[] packet = packet(B, timeToLive, 0, 10);
        router.fromA(packet);
        assertThat(router.toB().frames()).isEmpty();
        assertThat(told()).startsWith(11, 0).endsWith(packet);
        assertThat(Arrays.copyOfRange(Router.packet(router.toA(), 0), 12, 16)).containsExactly(10, 1, 0, 1);
        assertThat(dropped(ForwardDrop.HOPS_EXCEEDED)).isEqualTo(1);
    }

    @Test
    void packetWithTwoHopsLeftPasses() {
        router.fromA(packet(B, 2, 0, 10));
        assertThat(router.toB().frames()).hasSize(1);
    }

    @Test
    void packetToNowhereIsAnswered() {
        router.fromA(packet(Ipv4Address.parse("192.0.2.1"), 64, 0, 10));
        assertThat(told()).startsWith(3, 0);
        assertThat(dropped(ForwardDrop.NO_ROUTE)).isEqualTo(1);
    }

    @Test
    void packetThatMustNotBeCutUpIsAnsweredWithTheNextMtu() {
        // RFC 1191, section 4.
        router.fromA(packet(B, 64, Ipv4Header.DONT_FRAGMENT, 981));
        assertThat(told()).startsWith(3, 4);
        assertThat(Arrays.copyOfRange(told(), 4, 8)).containsExactly(0, 0, 3, 0xE8);
        assertThat(dropped(Ipv4Drop.TOO_LARGE)).isEqualTo(1);
        router.fromA(packet(B, 64, Ipv4Header.DONT_FRAGMENT, 980));
        assertThat(router.toB().frames()).hasSize(1);
    }

    @Test
    void largePacketIsCutUp() throws Malformed {
        router.fromA(packet(B, 64, 0, 1400));
        assertThat(router.toB().frames()).hasSize(2);
        Ipv4Header second = Ipv4Header.parse(Octets.over(Router.packet(router.toB(), 1)));
        assertThat(second.fragment()).isEqualTo(976 / 8);
        assertThat(second.totalLength()).isEqualTo(20 + 1400 - 976);
        assertThat(second.timeToLive()).isEqualTo(63);
    }

    @Test
    void fragmentIsCutUpFurther() throws Malformed {
        router.fromA(packet(B, 64, Ipv4Header.MORE_FRAGMENTS | 100, 1400));
        Ipv4Header second = Ipv4Header.parse(Octets.over(Router.packet(router.toB(), 1)));
        assertThat(second.fragment()).isEqualTo(Ipv4Header.MORE_FRAGMENTS | 100 + 976 / 8);
    }

    @ParameterizedTest
    @CsvSource({"169.254.1.1", "224.0.0.5", "240.0.0.1", "127.0.0.1", "0.0.0.9"})
    void whatMustStayOnALinkIsNotForwarded(String to) {
        // RFC 3927, section 2.7; RFC 1812, section 5.3.7.
        router.stack().route(Ipv4Prefix.ALL, B);
        router.fromA(packet(Ipv4Address.parse(to), 64, 0, 10));
        assertThat(router.toB().frames()).isEmpty();
        assertThat(router.toA().frames()).isEmpty();
        assertThat(dropped(Ipv4Drop.NOT_FOR_US)).isEqualTo(1);
    }

    @Test
    void packetInABroadcastFrameIsNotForwarded() {
        router.fromA(MacAddress.BROADCAST, packet(B, 64, 0, 10));
        assertThat(router.toB().frames()).isEmpty();
    }

    @Test
    void errorsAreSentAtABoundedRate() {
        for (int i = 0; i < 80; i++) {
            router.fromA(packet(B, 1, 0, 10));
        }
        assertThat(router.toA().frames()).hasSize(50);
        assertThat(dropped(IcmpDrop.RATE_LIMITED)).isEqualTo(30);
    }

    @Test
    void neighbourIsToldOfANearerRouterAndThePacketGoesOn() {
        Ipv4Address nearer = Ipv4Address.parse("10.1.0.7");
        MacAddress nearerMac = MacAddress.parse("02:00:00:00:01:07");
        router.arpLeft(nearerMac, nearer);
        router.stack().route(Ipv4Prefix.parse("192.0.2.0/24"), nearer);
        router.fromA(packet(Ipv4Address.parse("192.0.2.1"), 64, 0, 10));
        assertThat(router.toA().frames()).hasSize(2);
        assertThat(router.toA().frames().get(0)).startsWith(2, 0, 0, 0, 1, 7);
        byte[] redirect = Router.payload(router.toA(), 1);
        assertThat(redirect).startsWith(5, 1);
        assertThat(Arrays.copyOfRange(redirect, 4, 8)).containsExactly(10, 1, 0, 7);
        assertThat(router.toA().frames().get(1)).startsWith(2, 0, 0, 0, 1, 9);
    }

    @Test
    void stackThatIsNoRouterDropsWhatIsForOthers() {
        Router host = new Router(1500);
        host.fromA(packet(B, 64, 0, 10));
        assertThat(host.toB().frames()).isEmpty();
        assertThat(host.stack().dropped(Ipv4Drop.NOT_FOR_US)).isEqualTo(1);
    }

    @Test
    void packetForTheOtherInterfacesAddressIsTaken() {
        router.fromA(Frames.ipv4(A, Router.RIGHT, Frames.ICMP, Frames.icmp(8, 1, 1, new byte[4])));
        assertThat(told()).isEqualTo(Frames.icmp(0, 1, 1, new byte[4]));
    }
}

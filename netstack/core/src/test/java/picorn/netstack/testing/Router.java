// SPDX-License-Identifier: MIT
package picorn.netstack.testing;

import java.util.Arrays;
import java.util.List;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.arp.ArpPacket;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.ip.Ipv4Header;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;

/** A stack between 10.1.0.0/24, where it is .1 and A is .9, and 10.2.0.0/24, where it is .1 and B is .9. */
public final class Router {
    public static final Ipv4Address A = Ipv4Address.parse("10.1.0.9");
    public static final Ipv4Address B = Ipv4Address.parse("10.2.0.9");
    public static final MacAddress A_MAC = MacAddress.parse("02:00:00:00:01:09");
    public static final MacAddress B_MAC = MacAddress.parse("02:00:00:00:02:09");
    public static final Ipv4Address LEFT = Ipv4Address.parse("10.1.0.1");
    public static final Ipv4Address RIGHT = Ipv4Address.parse("10.2.0.1");

    private final Recorder toA = new Recorder();
    private final Recorder toB = new Recorder();
    private final Stack stack = new Stack(StackConfig.named("router").seed(1).modules(List.of()));
    private final EthernetInterface left = attach("eth0", "10.1.0.1/24", 1, 1500, toA);
    private final EthernetInterface right;

    public Router(int rightMtu) {
        right = attach("eth1", "10.2.0.1/24", 2, rightMtu, toB);
        left.learn(A, A_MAC);
        right.learn(B, B_MAC);
    }

    private EthernetInterface attach(String name, String address, int number, int mtu, Recorder to) {
        MacAddress mac = new MacAddress(0x5255_0000_0000L + number);
        return stack.attach(new EthernetConfig(name, mac, Ipv4Prefix.parse(address)).mtu(mtu), to);
    }

    public Stack stack() {
        return stack;
    }

    public EthernetInterface left() {
        return left;
    }

    public Recorder toA() {
        return toA;
    }

    public Recorder toB() {
        return toB;
    }

    /** A sends a packet to the router's station. */
    public void fromA(byte[] packet) {
        byte[] frame = Frames.ethernet(left.mac(), A_MAC, EthernetHeader.IPV4, packet);
        left.receive(frame, 0, frame.length, stack.now());
    }

    public void fromA(MacAddress to, byte[] packet) {
        byte[] frame = Frames.ethernet(to, A_MAC, EthernetHeader.IPV4, packet);
        left.receive(frame, 0, frame.length, stack.now());
    }

    /** A station on the left speaks. */
    public void arpLeft(MacAddress mac, Ipv4Address address) {
        byte[] frame = Frames.ethernet(
                left.mac(), mac, EthernetHeader.ARP, Frames.arp(ArpPacket.REQUEST, mac, address, Station.NOBODY, LEFT));
        left.receive(frame, 0, frame.length, stack.now());
        toA.clear();
    }

    public static byte[] packet(Recorder to, int index) {
        byte[] frame = to.frames().get(index);
        int length = (frame[16] & 0xFF) << 8 | frame[17] & 0xFF;
        return Arrays.copyOfRange(frame, EthernetHeader.SIZE, EthernetHeader.SIZE + length);
    }

    public static byte[] payload(Recorder to, int index) {
        byte[] packet = packet(to, index);
        return Arrays.copyOfRange(packet, Ipv4Header.SIZE, packet.length);
    }
}

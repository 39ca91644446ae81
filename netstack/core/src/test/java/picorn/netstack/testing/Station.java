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
import picorn.netstack.ip.IpModule;
import picorn.netstack.ip.Ipv4Header;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Octets;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;

/** A stack at 10.0.2.2/24 whose frames are recorded, and a neighbour at 10.0.2.15 that a test plays frame by frame. */
public final class Station {
    public static final Ipv4Address US = Ipv4Address.parse("10.0.2.2");
    public static final MacAddress OUR_MAC = MacAddress.parse("52:55:0a:00:02:02");
    public static final Ipv4Address PEER = Ipv4Address.parse("10.0.2.15");
    public static final MacAddress PEER_MAC = MacAddress.parse("02:00:00:00:00:15");
    public static final MacAddress NOBODY = new MacAddress(0);
    public static final long SECOND = 1_000_000_000L;

    private final Recorder sent = new Recorder();
    private final Stack stack;
    private final EthernetInterface link;
    private long now;

    public Station() {
        this(256 * 1024);
    }

    public Station(int memory) {
        this(memory, new EthernetConfig("eth0", OUR_MAC, new Ipv4Prefix(US, 24)));
    }

    public Station(int memory, EthernetConfig config) {
        stack = new Stack(StackConfig.named("station").seed(1).memory(memory).modules(List.of()));
        link = stack.attach(config, sent);
    }

    /** Lets it do more than it must. */
    public Station with(IpModule... modules) {
        for (IpModule module : modules) {
            module.join(stack.ipv4());
        }
        return this;
    }

    public Stack stack() {
        return stack;
    }

    public EthernetInterface link() {
        return link;
    }

    public Recorder sent() {
        return sent;
    }

    public long dropped(Drop reason) {
        return stack.dropped(reason);
    }

    /** Lets time pass, polling whenever the stack wants it. */
    public void advanceTo(long time) {
        while (stack.deadline() <= time) {
            now = Math.max(now, stack.deadline());
            stack.poll(now);
        }
        now = time;
        stack.poll(now);
    }

    public void give(byte[] frame) {
        link.receive(frame, 0, frame.length, now);
    }

    public void giveIpv4(byte[] packet) {
        give(Frames.ethernet(OUR_MAC, PEER_MAC, EthernetHeader.IPV4, packet));
    }

    public void giveIcmp(byte[] message) {
        giveIpv4(Frames.ipv4(PEER, US, Frames.ICMP, message));
    }

    public void giveUdp(int fromPort, int toPort, byte[] data) {
        giveIpv4(Frames.ipv4(PEER, US, Frames.UDP, Frames.udp(PEER, fromPort, US, toPort, data)));
    }

    public void giveArp(
            int operation, MacAddress sender, Ipv4Address senderIp, MacAddress target, Ipv4Address targetIp) {
        MacAddress to = operation == ArpPacket.REQUEST ? MacAddress.BROADCAST : OUR_MAC;
        give(Frames.ethernet(
                to, sender, EthernetHeader.ARP, Frames.arp(operation, sender, senderIp, target, targetIp)));
    }

    /** Lets the stack know its neighbour, and forgets the frames that took. */
    public Station knowingItsNeighbour() {
        giveArp(ArpPacket.REQUEST, PEER_MAC, PEER, NOBODY, US);
        sent.clear();
        return this;
    }

    /** The IPv4 packet of a frame that was sent, without padding. */
    public byte[] packet(int index) {
        byte[] frame = sent.frames().get(index);
        Octets packet = new Octets().aim(frame, EthernetHeader.SIZE, frame.length - EthernetHeader.SIZE);
        int length = packet.octet(2) << 8 | packet.octet(3);
        return new Octets().aim(packet, 0, length).toArray();
    }

    /** What the IPv4 packet of a frame that was sent carries. */
    public byte[] payload(int index) {
        byte[] packet = packet(index);
        return Arrays.copyOfRange(packet, Ipv4Header.SIZE, packet.length);
    }
}

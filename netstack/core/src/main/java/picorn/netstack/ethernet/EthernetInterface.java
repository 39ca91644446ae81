// SPDX-License-Identifier: MIT
package picorn.netstack.ethernet;

import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.arp.ArpCache;
import picorn.netstack.arp.ArpOutput;
import picorn.netstack.arp.ArpPacket;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.Report;
import picorn.netstack.context.Reported;
import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;
import picorn.netstack.ip.Cast;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.ip.NetworkInterface;
import picorn.netstack.link.FrameReceiver;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** A stack's interface to an Ethernet (RFC 894): takes frames for its station, resolves neighbours, frames what is sent. */
public final class EthernetInterface implements FrameReceiver, NetworkInterface, Timed, Reported {
    /** The largest packet that a frame carries. */
    public static final int MTU = 1500;

    private static final int NEIGHBOURS = 32;

    private final StackContext context;
    private final EthernetConfig config;
    private final FrameReceiver output;
    private final Ipv4 ipv4;
    private final ArpCache arp;
    private final long mac;
    private final Octets frame = new Octets();
    private final Octets packet = new Octets();
    private long receivedFrames;
    private long receivedOctets;
    private long sentFrames;
    private long sentOctets;

    /**
     * An interface.
     *
     * @param context the stack's
     * @param config its name and addresses
     * @param ipv4 who takes IPv4 packets
     * @param output who takes the frames it sends
     */
    public EthernetInterface(StackContext context, EthernetConfig config, Ipv4 ipv4, FrameReceiver output) {
        this.context = context;
        this.config = config;
        this.ipv4 = ipv4;
        this.output = output;
        mac = config.mac().bits();
        arp = new ArpCache(context, config.name(), config.ipv4(), NEIGHBOURS, new Arp());
    }

    /**
     * Takes a frame off the link. A frame that cannot be used is dropped and counted.
     *
     * @throws IllegalStateException if called from within the stack's own output
     */
    @Override
    public void receive(byte[] array, int offset, int length, long now) {
        context.enter(now);
        try {
            receivedFrames++;
            receivedOctets += length;
            input(frame.aim(array, offset, length));
        } catch (Malformed e) {
            context.drops().count(e.drop());
        } finally {
            context.leave();
        }
    }

    private void input(Octets in) throws Malformed {
        in.require(EthernetHeader.SIZE, Drop.ETHERNET_TRUNCATED);
        if (in.length() > EthernetHeader.SIZE + MTU) {
            throw Drop.ETHERNET_OVERSIZE.malformed();
        }
        if (MacAddress.isGroup(EthernetHeader.SOURCE.get(in))) {
            throw Drop.ETHERNET_BAD_SOURCE.malformed();
        }
        Cast cast = castOf(EthernetHeader.DESTINATION.get(in));
        packet.aim(in, EthernetHeader.SIZE, in.length() - EthernetHeader.SIZE);
        switch (EthernetHeader.TYPE.get(in)) {
            case EthernetHeader.IPV4 -> ipv4.receive(packet, cast);
            case EthernetHeader.ARP -> arp.receive(packet);
            default -> throw Drop.ETHERNET_TYPE_UNKNOWN.malformed();
        }
    }

    private Cast castOf(long destination) throws Malformed {
        if (destination == mac) {
            return Cast.UNICAST;
        }
        if (destination == MacAddress.BROADCAST.bits()) {
            return Cast.BROADCAST;
        }
        throw Drop.ETHERNET_NOT_FOR_US.malformed();
    }

    @Override
    public void sendIpv4(PacketBuffer data, int nextHop) {
        if (nextHop == Ipv4Address.BROADCAST.bits() || config.ipv4().isBroadcast(nextHop)) {
            transmit(data, MacAddress.BROADCAST.bits(), EthernetHeader.IPV4);
        } else if (Ipv4Address.isMulticast(nextHop)) {
            transmit(data, MacAddress.multicast(nextHop), EthernetHeader.IPV4);
        } else {
            arp.send(data, nextHop);
        }
    }

    /**
     * Enters a neighbour whose address is known by other means than ARP.
     *
     * @param address its IPv4 address, a host's
     * @param hardware its Ethernet address
     */
    public void learn(Ipv4Address address, MacAddress hardware) {
        arp.learn(address, hardware);
    }

    private void transmit(PacketBuffer data, long destination, int type) {
        EthernetHeader.write(data.prepend(EthernetHeader.SIZE), destination, mac, type);
        Octets out = data.padTo(EthernetHeader.SHORTEST_FRAME);
        sentFrames++;
        sentOctets += out.length();
        output.receive(out.array(), out.offset(), out.length(), context.now());
        context.packets().giveBack(data);
    }

    @Override
    public int mtu() {
        return MTU;
    }

    @Override
    public int headroom() {
        return EthernetHeader.SIZE;
    }

    @Override
    public Ipv4Prefix ipv4() {
        return config.ipv4();
    }

    @Override
    public long deadline() {
        return arp.deadline();
    }

    @Override
    public long poll(long now) {
        return arp.poll(now);
    }

    @Override
    public void report(Report report) {
        report.add(config.name() + ".frames-received", receivedFrames)
                .add(config.name() + ".octets-received", receivedOctets)
                .add(config.name() + ".frames-sent", sentFrames)
                .add(config.name() + ".octets-sent", sentOctets);
        arp.report(report);
    }

    private final class Arp implements ArpOutput {
        @Override
        public void sendArp(int operation, long targetHardware, int targetProtocol) {
            if (context.packets().isDry()) {
                context.drops().count(Drop.MEMORY_DRY);
                return;
            }
            PacketBuffer data = context.packets().take();
            ArpPacket.write(
                    data.start(EthernetHeader.SIZE, ArpPacket.SIZE),
                    operation,
                    mac,
                    config.ipv4().address().bits(),
                    targetHardware,
                    targetProtocol);
            boolean request = operation == ArpPacket.REQUEST;
            transmit(data, request ? MacAddress.BROADCAST.bits() : targetHardware, EthernetHeader.ARP);
        }

        @Override
        public void sendResolved(PacketBuffer data, long destination) {
            transmit(data, destination, EthernetHeader.IPV4);
        }
    }
}

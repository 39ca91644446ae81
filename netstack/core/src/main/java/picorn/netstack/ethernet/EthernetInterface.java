// SPDX-License-Identifier: MIT
package picorn.netstack.ethernet;

import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.arp.ArpCache;
import picorn.netstack.arp.ArpFields;
import picorn.netstack.arp.ArpOutput;
import picorn.netstack.arp.ArpPacket;
import picorn.netstack.context.Counter;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.StackContext;
import picorn.netstack.ip.Cast;
import picorn.netstack.ip.Groups;
import picorn.netstack.ip.InterfaceAddresses;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.ip.NetworkInterface;
import picorn.netstack.ip.Offload;
import picorn.netstack.link.FrameReceiver;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** A stack's interface to an Ethernet (RFC 894): takes frames for its station, resolves neighbours, frames what is sent. */
public final class EthernetInterface implements FrameReceiver, NetworkInterface {
    /** The largest packet that a frame carries, unless stations agree otherwise. */
    public static final int MTU = 1500;

    private static final int NEIGHBOURS = 32;

    private final StackContext context;
    private final EthernetConfig config;
    private final FrameReceiver output;
    private final Ipv4 ipv4;
    private final ArpCache arp;
    private final InterfaceAddresses addresses = new InterfaceAddresses(this);
    private final long mac;
    private final int headroom;
    private TagHandler tags = (destination, tagged) -> {
        throw EthernetDrop.TYPE_UNKNOWN.malformed();
    };
    private final Octets frame = new Octets();
    private final Octets packet = new Octets();
    /** Octets of the largest packet that it sends. */
    private int mtu;

    private final Counter receivedFrames;
    private final Counter receivedOctets;
    private final Counter sentFrames;
    private final Counter sentOctets;

    /**
     * An interface.
     *
     * @param context the stack's
     * @param config its name and addresses
     * @param ipv4 who takes IPv4 packets
     * @param output who takes the frames it sends
     */
    public EthernetInterface(StackContext context, EthernetConfig config, Ipv4 ipv4, FrameReceiver output) {
        this(context, config, ipv4, output, EthernetFields.SIZE);
    }

    EthernetInterface(StackContext context, EthernetConfig config, Ipv4 ipv4, FrameReceiver output, int headroom) {
        this.context = context;
        this.headroom = headroom;
        this.config = config;
        this.ipv4 = ipv4;
        this.output = output;
        mac = config.mac().bits();
        mtu = config.mtu();
        receivedFrames = context.counter(config.name().concat(".frames-received"));
        receivedOctets = context.counter(config.name().concat(".octets-received"));
        sentFrames = context.counter(config.name().concat(".frames-sent"));
        sentOctets = context.counter(config.name().concat(".octets-sent"));
        arp = new ArpCache(context, config.name(), addresses, NEIGHBOURS, new Arp());
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
            receivedFrames.count();
            receivedOctets.add(length);
            input(frame.aim(array, offset, length));
        } catch (Malformed e) {
            context.drops().count(e.drop());
        } finally {
            context.leave();
        }
    }

    private void input(Octets in) throws Malformed {
        in.require(EthernetFields.SIZE, EthernetDrop.TRUNCATED);
        if (MacAddress.isGroup(EthernetFields.SOURCE.get(in))) {
            throw EthernetDrop.BAD_SOURCE.malformed();
        }
        packet.aim(in, EthernetFields.SIZE, in.length() - EthernetFields.SIZE);
        int type = EthernetFields.TYPE.get(in);
        if (type == EthernetHeader.VLAN) {
            tags.receive(EthernetFields.DESTINATION.get(in), packet);
        } else {
            accept(EthernetFields.DESTINATION.get(in), type, packet);
        }
    }

    /** Takes what a frame carries. */
    void accept(long destination, int type, Octets data) throws Malformed {
        if (data.length() > config.mtu()) {
            throw EthernetDrop.OVERSIZE.malformed();
        }
        Cast cast = castOf(destination);
        switch (type) {
            case EthernetHeader.IPV4 -> ipv4.receive(data, cast, this);
            case EthernetHeader.ARP -> arp.receive(data);
            default -> throw EthernetDrop.TYPE_UNKNOWN.malformed();
        }
    }

    private Cast castOf(long destination) throws Malformed {
        if (destination == mac) {
            return Cast.UNICAST;
        }
        if (destination == MacAddress.BROADCAST.bits()) {
            return Cast.BROADCAST;
        }
        if (MacAddress.isMulticast(destination) && ipv4.groups() != Groups.NONE) {
            return Cast.MULTICAST;
        }
        throw EthernetDrop.NOT_FOR_US.malformed();
    }

    /**
     * Opens an interface to a VLAN of this Ethernet (IEEE 802.1Q).
     *
     * @param id the VLAN, 1 to 4094
     * @param vlan name, addresses and MTU of the interface
     * @return the interface, which belongs to the stack already
     * @throws IllegalArgumentException if the number is out of range
     * @throws IllegalStateException if there is one to this VLAN
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public EthernetInterface vlan(int id, EthernetConfig vlan) {
        Vlans all = tags instanceof Vlans there ? there : new Vlans(this, context, ipv4);
        tags = all;
        return all.open(id, vlan);
    }

    /**
     * Gives the interface an IPv4 address, at any time, and tells its neighbours (RFC 5227, section 3). To see first
     * whether one of them has it, claim it: {@link picorn.netstack.arp.AddressClaim}.
     *
     * @param address the address with its network; {@link Ipv4Prefix#NONE} changes nothing
     */
    public void add(Ipv4Prefix address) {
        if (!address.equals(Ipv4Prefix.NONE)) {
            ipv4.add(this, address);
            arp.announce(address.address().bits());
        }
    }

    /**
     * Takes an IPv4 address away, and the routes that it has brought.
     *
     * @param address the address as it was added
     */
    public void remove(Ipv4Prefix address) {
        ipv4.remove(this, address);
    }

    /**
     * Its neighbours, and what is said to them.
     *
     * @return always the same one
     */
    public ArpCache arp() {
        return arp;
    }

    /**
     * Its station address.
     *
     * @return always the same one
     */
    public MacAddress mac() {
        return config.mac();
    }

    @Override
    public void sendIpv4(PacketBuffer data, int nextHop) {
        if (nextHop == Ipv4Address.BROADCAST.bits() || addresses.isBroadcast(nextHop)) {
            transmit(data, MacAddress.BROADCAST.bits(), EthernetHeader.IPV4);
        } else if (Ipv4Address.isMulticast(nextHop)) {
            transmit(data, MacAddress.multicast(nextHop), EthernetHeader.IPV4);
        } else {
            arp.send(data, nextHop);
        }
    }

    @Override
    public void doubt(int nextHop) {
        arp.doubt(nextHop);
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
        EthernetFields.write(data.prepend(EthernetFields.SIZE), destination, mac, type);
        Octets out = data.padTo(EthernetHeader.SHORTEST_FRAME);
        emit(out.array(), out.offset(), out.length(), context.now());
        context.packets().giveBack(data);
    }

    void emit(byte[] array, int offset, int length, long now) {
        sentFrames.count();
        sentOctets.add(length);
        output.receive(array, offset, length, now);
    }

    @Override
    public String name() {
        return config.name();
    }

    @Override
    public Offload offload() {
        return config.offload();
    }

    @Override
    public int mtu() {
        return mtu;
    }

    /**
     * Sends packets of at most so many octets from now on, as when a DHCP server says so (RFC 2132, section 5.1); what the
     * link carries is taken still.
     *
     * @param octets 68 (RFC 791) or more; what is beyond the link's MTU means that
     * @throws IllegalArgumentException if it is less
     */
    public void mtu(int octets) {
        if (octets < 68) {
            throw new IllegalArgumentException("an IPv4 link has an MTU of 68 or more");
        }
        mtu = Math.min(octets, config.mtu());
    }

    @Override
    public int headroom() {
        return headroom;
    }

    @Override
    public InterfaceAddresses addresses() {
        return addresses;
    }

    @Override
    public long deadline() {
        return arp.deadline();
    }

    @Override
    public long poll(long now) {
        return arp.poll(now);
    }

    private final class Arp implements ArpOutput {
        @Override
        public long hardware() {
            return mac;
        }

        @Override
        public void sendArp(int operation, int sender, long targetHardware, int targetProtocol) {
            if (context.packets().isDry()) {
                context.drops().count(Drop.MEMORY_DRY);
                return;
            }
            PacketBuffer data = context.packets().take();
            Octets out = data.start(headroom, ArpFields.SIZE);
            ArpFields.write(out, operation, mac, sender, targetHardware, targetProtocol);
            // RFC 3927, section 2.5: with a link-local address even answers go to everybody, so that conflicts show.
            boolean toAll = operation == ArpPacket.REQUEST || Ipv4Address.isLinkLocal(sender);
            transmit(data, toAll ? MacAddress.BROADCAST.bits() : targetHardware, EthernetHeader.ARP);
        }

        @Override
        public void sendResolved(PacketBuffer data, long destination) {
            transmit(data, destination, EthernetHeader.IPV4);
        }
    }
}

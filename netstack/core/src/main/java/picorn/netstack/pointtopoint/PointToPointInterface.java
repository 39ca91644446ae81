// SPDX-License-Identifier: MIT
package picorn.netstack.pointtopoint;

import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.context.Counter;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.StackContext;
import picorn.netstack.ip.Cast;
import picorn.netstack.ip.InterfaceAddresses;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.ip.NetworkInterface;
import picorn.netstack.link.FrameReceiver;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/**
 * An interface to a link with one other end, as a TUN device or a serial line: its frames are bare packets, and there is no ARP.
 *
 * <pre>{@code
 * PointToPointInterface tun = PointToPointInterface.join(stack.ipv4(), "tun0", Ipv4Prefix.parse("10.9.0.1/30"), 1500, out);
 * stack.route(Ipv4Prefix.ALL, Ipv4Address.parse("10.9.0.2"));
 * }</pre>
 */
public final class PointToPointInterface implements NetworkInterface, FrameReceiver {
    /** A packet longer than the MTU of a link without frames of its own. */
    public static final Drop OVERSIZE = new Drop("link.oversize");

    private final StackContext context;
    private final Ipv4 ipv4;
    private final String name;
    private final int mtu;
    private final FrameReceiver output;
    private final InterfaceAddresses addresses = new InterfaceAddresses(this);
    private final Octets packet = new Octets();
    private final Counter received;
    private final Counter sent;

    private PointToPointInterface(Ipv4 ipv4, String name, int mtu, FrameReceiver output) {
        this.context = ipv4.context();
        this.ipv4 = ipv4;
        this.name = name;
        this.mtu = mtu;
        this.output = output;
        received = context.counter(name + ".packets-received");
        sent = context.counter(name + ".packets-sent");
    }

    /**
     * Attaches a stack to a link.
     *
     * @param ipv4 the stack's
     * @param name in reports
     * @param address its own address and the network to which the other end belongs
     * @param mtu octets of the largest packet, 68 or more
     * @param output who takes the packets that it sends
     * @return the interface, which is to be given the packets of the link
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public static PointToPointInterface join(
            Ipv4 ipv4, String name, Ipv4Prefix address, int mtu, FrameReceiver output) {
        PointToPointInterface link = new PointToPointInterface(ipv4, name, mtu, output);
        ipv4.add(link);
        ipv4.add(link, address);
        return link;
    }

    /**
     * Takes a packet off the link.
     *
     * @throws IllegalStateException if called from within the stack's own output
     */
    @Override
    public void receive(byte[] array, int offset, int length, long now) {
        context.enter(now);
        try {
            received.count();
            if (length > mtu) {
                throw OVERSIZE.malformed();
            }
            ipv4.receive(packet.aim(array, offset, length), Cast.UNICAST, this);
        } catch (Malformed e) {
            context.drops().count(e.drop());
        } finally {
            context.leave();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int mtu() {
        return mtu;
    }

    @Override
    public int headroom() {
        return 0;
    }

    @Override
    public InterfaceAddresses addresses() {
        return addresses;
    }

    @Override
    public void sendIpv4(PacketBuffer data, int nextHop) {
        Octets out = data.octets();
        sent.count();
        output.receive(out.array(), out.offset(), out.length(), context.now());
        context.packets().giveBack(data);
    }

    @Override
    public long deadline() {
        return NEVER;
    }

    @Override
    public long poll(long now) {
        return NEVER;
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.loopback;

import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.context.Counter;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.StackContext;
import picorn.netstack.ip.Cast;
import picorn.netstack.ip.InterfaceAddresses;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.ip.NetworkInterface;
import picorn.netstack.ip.Offload;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Malformed;

/**
 * The interface by which a host reaches itself, 127.0.0.0/8 and its own addresses (RFC 1122, section 3.2.1.3). Packets are
 * delivered when the stack is polled next, which it wants at once; nothing touches them on the way, so no checksum is needed.
 */
public final class LoopbackInterface implements NetworkInterface {
    /** More packets to this host itself than can wait. */
    public static final Drop QUEUE_FULL = new Drop("loopback.queue-full");

    private static final Ipv4Prefix ADDRESS = Ipv4Prefix.parse("127.0.0.1/8");
    private static final int DEPTH = 256;

    private final StackContext context;
    private final Ipv4 ipv4;
    private final InterfaceAddresses addresses = new InterfaceAddresses(this);
    private final PacketBuffer[] queue = new PacketBuffer[DEPTH];
    private final int mtu;
    private int head;
    private int queued;
    private long since;
    private final Counter delivered;

    private LoopbackInterface(Ipv4 ipv4, int mtu) {
        this.context = ipv4.context();
        this.ipv4 = ipv4;
        this.mtu = mtu;
        delivered = context.counter("lo.packets");
    }

    /**
     * Lets a stack reach itself, with packets as large as its buffers are.
     *
     * @param ipv4 the stack's
     * @return the interface
     */
    public static LoopbackInterface join(Ipv4 ipv4) {
        return join(ipv4, ipv4.context().packets().capacity());
    }

    /**
     * Lets a stack reach itself.
     *
     * @param ipv4 the stack's
     * @param mtu octets of the largest packet; all packet buffers of the stack become that large
     * @return the interface
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public static LoopbackInterface join(Ipv4 ipv4, int mtu) {
        ipv4.context().budget().demand(8L * DEPTH, "the loopback queue");
        LoopbackInterface link = new LoopbackInterface(ipv4, mtu);
        ipv4.add(link);
        ipv4.add(link, ADDRESS);
        return link;
    }

    @Override
    public String name() {
        return "lo";
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
    public Offload offload() {
        return Offload.ALL;
    }

    @Override
    public InterfaceAddresses addresses() {
        return addresses;
    }

    @Override
    public boolean isLoopback() {
        return true;
    }

    @Override
    public void sendIpv4(PacketBuffer packet, int nextHop) {
        if (queued == DEPTH) {
            context.drops().count(QUEUE_FULL);
            context.packets().giveBack(packet);
            return;
        }
        if (queued == 0) {
            since = context.now();
        }
        queue[(head + queued) % DEPTH] = packet;
        queued++;
    }

    @Override
    public long deadline() {
        return queued == 0 ? NEVER : since;
    }

    @Override
    public long poll(long now) {
        // What is answered with more is bounded, so that two who never stop talking do not stop the rest.
        for (int i = 0; i < DEPTH && queued > 0; i++) {
            deliver();
        }
        since = now + 1;
        return deadline();
    }

    private void deliver() {
        PacketBuffer packet = queue[head];
        head = (head + 1) % DEPTH;
        queued--;
        try {
            ipv4.receive(packet.octets(), Cast.UNICAST, this);
            delivered.count();
        } catch (Malformed e) {
            context.drops().count(e.drop());
        } finally {
            context.packets().giveBack(packet);
        }
    }
}

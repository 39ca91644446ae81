// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.address.Ipv4Address;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/**
 * What this host sends to groups that its own sockets are in, which hear it too (RFC 1112, section 6.1): copies that are
 * delivered when the stack is polled next, which it wants at once.
 */
public final class OwnMulticast implements Timed {
    /** More packets to groups that this host is in than can wait. */
    public static final Drop QUEUE_FULL = new Drop("ipv4.own-multicast-full");

    private static final int DEPTH = 16;

    private final Ipv4 ipv4;
    private final StackContext context;
    private final PacketBuffer[] packets = new PacketBuffer[DEPTH];
    private final NetworkInterface[] sentBy = new NetworkInterface[DEPTH];
    private int head;
    private int queued;
    private long since;

    /**
     * Nothing that waits.
     *
     * @param ipv4 the stack's
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public OwnMulticast(Ipv4 ipv4) {
        this.ipv4 = ipv4;
        context = ipv4.context();
        context.budget().demand(8L * DEPTH, "the queue of own multicast");
    }

    /**
     * Takes a copy of a packet, if this host is in the group that it goes to, for another protocol than one.
     *
     * @param packet the packet
     * @param by the interface that sends it
     * @param except the number of the protocol that speaks to routers about groups and not to members
     */
    public void sent(Octets packet, NetworkInterface by, int except) {
        int group = Ipv4Fields.DESTINATION.get(packet);
        if (Ipv4Address.isMulticast(group)
                && !by.isLoopback()
                && Ipv4Fields.PROTOCOL.get(packet) != except
                && ipv4.groups().accepts(by, group, Ipv4Fields.SOURCE.get(packet))) {
            queue(packet, by);
        }
    }

    private void queue(Octets packet, NetworkInterface by) {
        if (queued == DEPTH) {
            context.drops().count(QUEUE_FULL);
        } else if (context.packets().isDry(packet.length())) {
            context.drops().count(Drop.MEMORY_DRY);
        } else {
            PacketBuffer copy = context.packets().take(packet.length());
            copy.start(0, packet.length()).put(0, packet, 0, packet.length());
            int tail = (head + queued) % DEPTH;
            packets[tail] = copy;
            sentBy[tail] = by;
            since = queued == 0 ? context.now() : since;
            queued++;
        }
    }

    @Override
    public long deadline() {
        return queued == 0 ? NEVER : since;
    }

    @Override
    public long poll(long now) {
        // What is answered with more is bounded, as on loopback.
        for (int i = 0; i < DEPTH && queued > 0; i++) {
            deliver();
        }
        since = now + 1;
        return deadline();
    }

    private void deliver() {
        PacketBuffer packet = packets[head];
        NetworkInterface by = sentBy[head];
        head = (head + 1) % DEPTH;
        queued--;
        try {
            ipv4.input().deliver(packet.octets(), by, Cast.MULTICAST);
        } catch (Malformed e) {
            context.drops().count(e.drop());
        } finally {
            context.packets().giveBack(packet);
        }
    }
}

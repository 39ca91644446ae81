// SPDX-License-Identifier: MIT
package picorn.netstack.raw;

import picorn.netstack.address.AddressPair;
import picorn.netstack.address.IpAddress;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.PacketPool;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.ip.Ipv4Fields;
import picorn.netstack.ip.Ipv4Header;
import picorn.netstack.ip.Route;
import picorn.netstack.ip.SendOptions;
import picorn.netstack.ip.SendResult;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/**
 * A socket for whole IPv4 packets.
 *
 * <pre>{@code
 * RawSocket ospf = raw.open(89, 8192);
 * ospf.onReadable(() -> {
 *     int length = ospf.receive(buffer); // header and data
 * });
 * ospf.send(neighbour, hello, 0, hello.length); // the stack makes the header
 * }</pre>
 */
public final class RawSocket implements AutoCloseable {
    /** A raw socket's receive queue is full. */
    public static final Drop QUEUE_FULL = new Drop("raw.queue-full");

    static final int ALL = -1;
    private static final int OBJECT_OVERHEAD = 128;

    private final RawSockets owner;
    private final Ipv4 ipv4;
    private final int protocol;
    private final int queueOctets;
    private final PacketQueue queue;
    private final AddressPair addresses = new AddressPair();
    private final Octets given = new Octets();
    private SendOptions options = SendOptions.DEFAULT;
    private Runnable readable = () -> {};
    private long dropped;

    RawSocket(RawSockets owner, Ipv4 ipv4, int protocol, int queueOctets) {
        this.owner = owner;
        this.ipv4 = ipv4;
        this.protocol = protocol;
        this.queueOctets = queueOctets;
        queue = new PacketQueue(queueOctets);
    }

    static long memory(int queueOctets) {
        return (long) queueOctets + OBJECT_OVERHEAD;
    }

    /**
     * Says what is to be done when a packet has come.
     *
     * @param readable called from within the stack's {@code receive} after each packet that was queued
     */
    public void onReadable(Runnable readable) {
        this.readable = readable;
    }

    /**
     * Says how packets are to be sent whose header the stack makes.
     *
     * @param how the options; {@link SendOptions#DEFAULT} before
     */
    public void options(SendOptions how) {
        options = how;
    }

    /**
     * Takes the oldest packet that waits, IPv4 header included.
     *
     * @param into where it goes; what does not fit is lost
     * @return octets of the packet; 0 if none waits
     */
    public int receive(byte[] into) {
        return queue.isEmpty() ? 0 : queue.take(into);
    }

    /**
     * Whether a packet waits.
     *
     * @return true if {@link #receive} finds one
     */
    public boolean isReadable() {
        return !queue.isEmpty();
    }

    /**
     * Looks at the oldest packet that waits, which remains to be received.
     *
     * @param into where it goes, as far as it fits
     * @return octets of the packet; 0 if none waits
     */
    public int peek(byte[] into) {
        return queue.isEmpty() ? 0 : queue.peek(into);
    }

    /**
     * Packets dropped since the queue was full.
     *
     * @return a count
     */
    public long dropped() {
        return dropped;
    }

    boolean offer(IpPacket packet) {
        if (protocol != ALL && protocol != packet.protocol()) {
            return false;
        }
        if (queue.add(packet.whole())) {
            readable.run();
        } else {
            dropped++;
            ipv4.context().drops().count(QUEUE_FULL);
        }
        return protocol != ALL;
    }

    /**
     * Sends data of the socket's protocol.
     *
     * @param to whom
     * @param data where the data is
     * @param offset index of its first octet
     * @param length how many octets
     * @return whether it was sent
     * @throws IllegalStateException if the socket is for all protocols, so that its packets need headers
     */
    public SendResult send(IpAddress to, byte[] data, int offset, int length) {
        if (protocol == ALL) {
            throw new IllegalStateException("a raw socket for all protocols sends with sendWithHeader");
        }
        Route route = ipv4.route(addresses.anySource().destination(to.high(), to.low()));
        int headroom = route.headroom() + options.headerOptions().length();
        SendResult result = check(route, headroom, length, ipv4.maxPayload(route));
        if (result == SendResult.SENT) {
            PacketBuffer packet = ipv4.context().packets().take(headroom + length);
            packet.start(headroom, length).put(0, data, offset, length);
            ipv4.send(packet, route, addresses, protocol, options);
        }
        return result;
    }

    /**
     * Sends a packet whose IPv4 header the caller has made; its checksum is put in.
     *
     * @param packet where the packet is
     * @param offset index of its first octet
     * @param length octets of header and data
     * @return whether it was sent
     * @throws IllegalArgumentException if the header is wrong
     */
    public SendResult sendWithHeader(byte[] packet, int offset, int length) {
        given.aim(packet, offset, length);
        try {
            addresses.setIpv4(0, Ipv4Header.checkOutgoing(given));
        } catch (Malformed e) {
            throw new IllegalArgumentException(
                    "the header of a raw packet is wrong: " + e.drop().label() + "; send() makes a right one", e);
        }
        Route route = ipv4.route(addresses);
        SendResult result = check(route, route.headroom(), length, ipv4.maxPayload(route) + Ipv4Fields.SIZE);
        if (result == SendResult.SENT) {
            int room = route.via().headroom();
            PacketBuffer copy = ipv4.context().packets().take(room + length);
            copy.start(room, length).put(0, packet, offset, length);
            ipv4.transmit(copy, route.via(), route.nextHop(addresses.destinationIpv4()));
        }
        return result;
    }

    private SendResult check(Route route, int headroom, int length, int longest) {
        if (route == Route.NONE) {
            return SendResult.NO_ROUTE;
        }
        if (length > longest) {
            return SendResult.TOO_LARGE;
        }
        PacketPool pool = ipv4.context().packets();
        if (pool.isDry(headroom + length)) {
            ipv4.context().drops().count(Drop.MEMORY_DRY);
            return SendResult.OUT_OF_MEMORY;
        }
        return SendResult.SENT;
    }

    /** Gives back the memory and what waits. */
    @Override
    public void close() {
        owner.close(this, queueOctets);
    }
}

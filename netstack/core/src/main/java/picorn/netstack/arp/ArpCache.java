// SPDX-License-Identifier: MIT
package picorn.netstack.arp;

import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.MacAddress;
import picorn.netstack.context.Counter;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;
import picorn.netstack.ip.InterfaceAddresses;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/**
 * The Ethernet addresses of IPv4 neighbours (RFC 826), forgotten after a minute and asked for at most once a second (RFC 1122,
 * section 2.3.2); packets wait for an answer in short queues.
 */
public final class ArpCache implements Timed {
    /** How long an address is believed: a minute. */
    public static final long LIFETIME = 60_000_000_000L;

    /** How long an answer is waited for before asking again: a second. */
    public static final long RETRY_INTERVAL = 1_000_000_000L;

    /** How often a neighbour is asked before its packets are dropped. */
    public static final int TRIES = 3;

    private final StackContext context;
    private final InterfaceAddresses own;
    private final ArpOutput output;
    private final ArpEntry[] entries;
    private final ArpEntry nothing = new ArpEntry();
    private ArpEntry recent = nothing;
    private ArpWatcher watcher = packet -> {};
    private final Counter received;
    private final Counter requests;
    private final Counter replies;

    /**
     * An empty cache.
     *
     * @param context the stack's
     * @param name of the interface, for reports
     * @param own the interface's addresses
     * @param size neighbours that can be known at once, 1 or more
     * @param output the interface
     */
    public ArpCache(StackContext context, String name, InterfaceAddresses own, int size, ArpOutput output) {
        context.budget().demand((long) size * ArpEntry.SIZE, "an ARP cache of " + size + " entries");
        this.context = context;
        received = context.counter(name.concat(".arp.received"));
        requests = context.counter(name.concat(".arp.requests-sent"));
        replies = context.counter(name.concat(".arp.replies-sent"));
        this.own = own;
        this.output = output;
        entries = new ArpEntry[size];
        for (int i = 0; i < size; i++) {
            entries[i] = new ArpEntry();
        }
    }

    /**
     * Sends an IPv4 packet to a neighbour, at once or when its address is known.
     *
     * @param packet the packet; its buffer is put back in any case
     * @param nextHop the neighbour's IPv4 address
     */
    public void send(PacketBuffer packet, int nextHop) {
        ArpEntry entry = findOrClaim(nextHop);
        if (entry.isKnown(context.now()) && entry.isFor(nextHop)) {
            output.sendResolved(packet, entry.hardware());
        } else if (entry.isAsked() && !entry.isFor(nextHop)) {
            drop(packet, ArpDrop.CACHE_FULL);
        } else {
            park(entry, packet);
            if (!entry.isAsked()) {
                ask(entry, nextHop);
            }
        }
    }

    /**
     * Takes an ARP packet by the rules of RFC 826, "Packet Reception".
     *
     * @param in the packet
     * @throws Malformed if it is to be dropped
     */
    public void receive(Octets in) throws Malformed {
        ArpFields.check(in);
        received.count();
        watcher.received(in);
        long hardware = ArpFields.SENDER_HARDWARE.get(in);
        int sender = ArpFields.SENDER_PROTOCOL.get(in);
        int target = ArpFields.TARGET_PROTOCOL.get(in);
        checkSender(hardware, sender);
        boolean forUs = own.contains(target);
        merge(sender, hardware, forUs);
        if (forUs && ArpFields.OPERATION.get(in) == ArpPacket.REQUEST) {
            replies.count();
            output.sendArp(ArpPacket.REPLY, target, hardware, sender);
        }
    }

    /**
     * Says who sees all that is received, to find out whether another station uses an address (RFC 5227).
     *
     * @param who nobody before
     */
    public void watch(ArpWatcher who) {
        watcher = who;
    }

    /** The station's own Ethernet address. */
    long hardware() {
        return output.hardware();
    }

    /**
     * Asks whether anybody uses an address that this station would like to have (RFC 5227, section 2.1.1).
     *
     * @param address its bits
     */
    public void probe(int address) {
        output.sendArp(ArpPacket.REQUEST, 0, 0, address);
    }

    /**
     * Tells all neighbours that this station has an address: a gratuitous request (RFC 5227, section 2.3).
     *
     * @param address its bits
     */
    public void announce(int address) {
        output.sendArp(ArpPacket.REQUEST, address, 0, address);
    }

    /**
     * Asks for a neighbour's address again, unless it has come within the second, and believes it only some seconds longer
     * (RFC 1122, section 2.3.2.1, (4)).
     *
     * @param address its IPv4 address, which need not be known
     */
    public void doubt(int address) {
        if (find(address).doubt(context.now())) {
            request(address);
        }
    }

    /**
     * Enters a neighbour whose address is known by other means, as a DHCP server knows its client's (RFC 2131, section 4.1).
     *
     * @param address its IPv4 address, a host's
     * @param hardware its Ethernet address
     */
    public void learn(Ipv4Address address, MacAddress hardware) {
        merge(address.bits(), hardware.bits(), true);
    }

    private void checkSender(long hardware, int sender) throws Malformed {
        if (MacAddress.isGroup(hardware) || hardware == 0) {
            throw ArpDrop.BAD_SENDER.malformed();
        }
        if (hardware == output.hardware()) {
            throw ArpDrop.OWN.malformed();
        }
        if (own.contains(sender)) {
            throw ArpDrop.CONFLICT.malformed();
        }
        if (sender != 0 && (!Ipv4Address.isHost(sender) || own.isBroadcast(sender))) {
            throw ArpDrop.BAD_SENDER.malformed();
        }
    }

    private void merge(int address, long hardware, boolean add) {
        if (address == 0) {
            return;
        }
        ArpEntry entry = add ? findOrClaim(address) : find(address);
        if (!entry.isFor(address)) {
            if (!add) {
                return;
            }
            // One who speaks to us comes before those who may not exist.
            abandon(entry, ArpDrop.CACHE_FULL);
        }
        entry.learn(address, hardware, context.now() + LIFETIME);
        while (entry.hasWaiting()) {
            output.sendResolved(entry.takeWaiting(), hardware);
        }
    }

    private void park(ArpEntry entry, PacketBuffer packet) {
        if (entry.isFull()) {
            drop(entry.takeWaiting(), ArpDrop.QUEUE_FULL);
        }
        if (context.packets().isDry()) {
            // Others must be able to send while this one waits.
            drop(packet, Drop.MEMORY_DRY);
        } else {
            entry.addWaiting(packet);
        }
    }

    private void ask(ArpEntry entry, int address) {
        entry.ask(address, context.now() + RETRY_INTERVAL);
        request(address);
    }

    private void request(int address) {
        requests.count();
        int network = own.networkOf(address).address().bits();
        output.sendArp(ArpPacket.REQUEST, network == 0 ? own.primary().address().bits() : network, 0, address);
    }

    /** The entry of an address; one that is for no address when there is none. */
    private ArpEntry find(int address) {
        if (recent.isFor(address)) {
            return recent;
        }
        for (ArpEntry entry : entries) {
            if (entry.isFor(address)) {
                recent = entry;
                return entry;
            }
        }
        return nothing;
    }

    /** The entry of an address, else a free one, else that which is known for longest, else one that is asked for. */
    private ArpEntry findOrClaim(int address) {
        ArpEntry found = find(address);
        return found == nothing ? claim() : found;
    }

    private ArpEntry claim() {
        ArpEntry best = entries[0];
        for (ArpEntry entry : entries) {
            if (entry.isFree()) {
                return entry;
            }
            if (entry.isAsked() == best.isAsked() ? entry.deadline() < best.deadline() : best.isAsked()) {
                best = entry;
            }
        }
        return best;
    }

    @Override
    public long deadline() {
        long deadline = NEVER;
        for (ArpEntry entry : entries) {
            if (entry.isAsked()) {
                deadline = Math.min(deadline, entry.deadline());
            }
        }
        return deadline;
    }

    @Override
    public long poll(long now) {
        for (ArpEntry entry : entries) {
            if (entry.isAsked() && entry.deadline() <= now) {
                retry(entry);
            }
        }
        return deadline();
    }

    private void retry(ArpEntry entry) {
        if (entry.tries() < TRIES) {
            ask(entry, entry.address());
            return;
        }
        abandon(entry, ArpDrop.UNRESOLVED);
    }

    private void abandon(ArpEntry entry, Drop reason) {
        while (entry.hasWaiting()) {
            drop(entry.takeWaiting(), reason);
        }
        entry.free();
    }

    private void drop(PacketBuffer packet, Drop reason) {
        context.drops().count(reason);
        context.packets().giveBack(packet);
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.context.MemoryBudget;
import picorn.netstack.context.Report;
import picorn.netstack.context.Reported;
import picorn.netstack.context.Timed;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/**
 * Puts fragments together (RFC 791, section 3.2; RFC 1122, section 3.3.2): at most 8 packets at once in at most half of the
 * stack's memory, each for a minute. Overlaps are refused (RFC 5722), and fragments that hide headers (RFC 1858).
 */
public final class Reassembler implements Reassembly, Timed, Reported {
    /** How long the fragments of a packet are waited for: a minute. */
    public static final long LIFETIME = 60_000_000_000L;

    private static final int PACKETS = 8;
    private static final int OCTETS = 160;
    private static final int TCP = 6;
    /** Octets of a TCP header up to its flags and what belongs to them (RFC 1858, section 3.2.1). */
    private static final int LEAST_TCP = 16;

    private final Ipv4 ipv4;
    private final IpPacket expired = new IpPacket();
    private final long limit;
    private final PartialPacket[] partials = new PartialPacket[PACKETS];
    private long fragments;
    private long reassembled;

    private Reassembler(Ipv4 ipv4) {
        this.ipv4 = ipv4;
        MemoryBudget budget = ipv4.context().budget();
        budget.demand(PACKETS * OCTETS, "reassembly");
        limit = budget.limit() / 2;
        for (int i = 0; i < PACKETS; i++) {
            partials[i] = new PartialPacket(budget);
        }
    }

    /**
     * Lets a stack put fragments together.
     *
     * @param ipv4 the stack's
     * @return the module
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public static Reassembler join(Ipv4 ipv4) {
        Reassembler module = new Reassembler(ipv4);
        ipv4.input().reassembly(module);
        ipv4.drive(module);
        ipv4.reportOn(module);
        return module;
    }

    @Override
    public void receive(Octets fragment, NetworkInterface from, Cast cast) throws Malformed {
        fragments++;
        int header = Ipv4Fields.headerLength(fragment);
        check(fragment, header);
        PartialPacket partial = find(fragment, from);
        PartialPacket.Outcome outcome = partial.add(fragment, header);
        switch (outcome) {
            case ADDED -> keepWithin(partial);
            case COMPLETE -> deliver(partial, cast);
            case NO_MEMORY -> {
                partial.free();
                throw Drop.MEMORY_DRY.malformed();
            }
            default -> throw PartialPacket.reason(outcome).malformed();
        }
    }

    private static void check(Octets fragment, int header) throws Malformed {
        int at = Ipv4Fields.fragmentOffset(fragment);
        int length = fragment.length() - header;
        boolean ragged = Ipv4Fields.isFollowed(fragment) && length % 8 != 0;
        if (length == 0 || ragged || header + at + length > Ipv4.LARGEST) {
            throw FragmentDrop.BAD_FRAGMENT.malformed();
        }
        boolean tiny = at == 0 ? length < LEAST_TCP : at < LEAST_TCP;
        if (tiny && Ipv4Fields.PROTOCOL.get(fragment) == TCP) {
            throw FragmentDrop.TINY_FRAGMENT.malformed();
        }
    }

    private void deliver(PartialPacket partial, Cast cast) throws Malformed {
        reassembled++;
        try {
            ipv4.input().deliver(partial.whole(), partial.from(), cast);
        } finally {
            partial.free();
        }
    }

    private PartialPacket find(Octets fragment, NetworkInterface from) {
        for (PartialPacket partial : partials) {
            if (partial.isOf(fragment)) {
                return partial;
            }
        }
        PartialPacket oldest = oldest();
        evict(oldest);
        oldest.begin(fragment, from, ipv4.context().now() + LIFETIME);
        return oldest;
    }

    /** A free place, else that of the packet which has been waited for longest. */
    private PartialPacket oldest() {
        PartialPacket oldest = partials[0];
        for (PartialPacket partial : partials) {
            if (partial.isFree()) {
                return partial;
            }
            oldest = partial.deadline() < oldest.deadline() ? partial : oldest;
        }
        return oldest;
    }

    private void evict(PartialPacket partial) {
        if (!partial.isFree()) {
            ipv4.context().drops().count(FragmentDrop.REASSEMBLY_EVICTED);
            partial.free();
        }
    }

    /** Gives up the oldest packets, this one at last, until what is left fits. */
    private void keepWithin(PartialPacket current) {
        while (memory() > limit) {
            PartialPacket victim = current;
            for (PartialPacket partial : partials) {
                boolean older = partial != current && partial.memory() > 0;
                victim = older && (victim == current || partial.deadline() < victim.deadline()) ? partial : victim;
            }
            evict(victim);
        }
    }

    private long memory() {
        long memory = 0;
        for (PartialPacket partial : partials) {
            memory += partial.memory();
        }
        return memory;
    }

    @Override
    public long deadline() {
        long deadline = NEVER;
        for (PartialPacket partial : partials) {
            deadline = Math.min(deadline, partial.deadline());
        }
        return deadline;
    }

    @Override
    public long poll(long now) {
        for (PartialPacket partial : partials) {
            if (!partial.isFree() && partial.deadline() <= now) {
                giveUp(partial);
            }
        }
        return deadline();
    }

    private void giveUp(PartialPacket partial) {
        ipv4.context().drops().count(FragmentDrop.REASSEMBLY_TIMED_OUT);
        if (partial.hasFirst()) {
            expired.set(partial.first(), partial.from(), Cast.UNICAST);
            ipv4.errors().tell(expired, ErrorKind.REASSEMBLY_TIMED_OUT, 0);
        }
        partial.free();
    }

    @Override
    public void report(Report report) {
        report.add("ipv4.fragments-received", fragments).add("ipv4.packets-reassembled", reassembled);
    }
}

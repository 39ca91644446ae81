// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import java.util.Arrays;
import picorn.netstack.context.MemoryBudget;
import picorn.netstack.context.Timed;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Octets;

/** What has come of one packet: its data at their places, and a bit for each 8 octets that are there (RFC 791, section 3.2). */
final class PartialPacket {
    /** What became of a fragment. */
    enum Outcome {
        ADDED,
        COMPLETE,
        DUPLICATE,
        OVERLAP,
        NO_MEMORY
    }

    private static final int ROOM = Ipv4Header.LARGEST_SIZE;
    private static final int SMALLEST = 2048;
    private static final int UNIT = 8;
    private static final int CONGESTION_EXPERIENCED = 3;
    private static final byte[] NO_DATA = {};
    private static final long[] NO_BITS = {};

    private final MemoryBudget budget;
    private final Octets view = new Octets();
    private byte[] data = NO_DATA;
    private long[] present = NO_BITS;
    private int source;
    private int destination;
    private int identification;
    private int protocol;
    private NetworkInterface from = Route.NONE.via();
    private long deadline = Timed.NEVER;
    private int header;
    private int firstLength;
    private int total;
    private int units;
    private int end;
    private boolean spoiled;
    private boolean congested;

    PartialPacket(MemoryBudget budget) {
        this.budget = budget;
    }

    boolean isFree() {
        return deadline == Timed.NEVER;
    }

    boolean isOf(Octets fragment) {
        return !isFree()
                && identification == Ipv4Fields.IDENTIFICATION.get(fragment)
                && source == Ipv4Fields.SOURCE.get(fragment)
                && destination == Ipv4Fields.DESTINATION.get(fragment)
                && protocol == Ipv4Fields.PROTOCOL.get(fragment);
    }

    void begin(Octets fragment, NetworkInterface link, long until) {
        identification = Ipv4Fields.IDENTIFICATION.get(fragment);
        source = Ipv4Fields.SOURCE.get(fragment);
        destination = Ipv4Fields.DESTINATION.get(fragment);
        protocol = Ipv4Fields.PROTOCOL.get(fragment);
        from = link;
        deadline = until;
        header = 0;
        total = Integer.MAX_VALUE;
        units = 0;
        end = 0;
        spoiled = false;
        congested = false;
    }

    long deadline() {
        return deadline;
    }

    NetworkInterface from() {
        return from;
    }

    int memory() {
        return cost(data.length - ROOM);
    }

    Outcome add(Octets fragment, int headerLength) {
        int at = Ipv4Fields.fragmentOffset(fragment);
        int length = fragment.length() - headerLength;
        if (spoiled || contradictsEnd(at + length, Ipv4Fields.isFollowed(fragment))) {
            return spoil();
        }
        if (!grow(at + length)) {
            return Outcome.NO_MEMORY;
        }
        int there = unitsThere(at, length);
        if (there > 0) {
            return there == unitsOf(length) && isSame(fragment, headerLength, at, length) ? Outcome.DUPLICATE : spoil();
        }
        put(fragment, headerLength, at, length);
        return header > 0 && total != Integer.MAX_VALUE && units == unitsOf(total) ? Outcome.COMPLETE : Outcome.ADDED;
    }

    private boolean contradictsEnd(int last, boolean followed) {
        return followed ? last > total : total != Integer.MAX_VALUE && last != total || end > last;
    }

    private void put(Octets fragment, int headerLength, int at, int length) {
        System.arraycopy(fragment.array(), fragment.offset() + headerLength, data, ROOM + at, length);
        for (int unit = at / UNIT; unit < at / UNIT + unitsOf(length); unit++) {
            present[unit >> 6] |= 1L << unit;
        }
        units += unitsOf(length);
        end = Math.max(end, at + length);
        congested |= (Ipv4Fields.TYPE_OF_SERVICE.get(fragment) & CONGESTION_EXPERIENCED) == CONGESTION_EXPERIENCED;
        if (!Ipv4Fields.isFollowed(fragment)) {
            total = at + length;
        }
        if (at == 0) {
            header = headerLength;
            firstLength = length;
            System.arraycopy(fragment.array(), fragment.offset(), data, ROOM - header, header);
        }
    }

    private int unitsThere(int at, int length) {
        int there = 0;
        for (int unit = at / UNIT; unit < at / UNIT + unitsOf(length); unit++) {
            there += (int) (present[unit >> 6] >>> unit & 1);
        }
        return there;
    }

    private boolean isSame(Octets fragment, int headerLength, int at, int length) {
        int begin = fragment.offset() + headerLength;
        return Arrays.equals(fragment.array(), begin, begin + length, data, ROOM + at, ROOM + at + length);
    }

    private static int unitsOf(int length) {
        return (length + UNIT - 1) / UNIT;
    }

    /** RFC 5722, section 3: with one overlap the whole packet is lost, those of its fragments that are still to come included. */
    private Outcome spoil() {
        spoiled = true;
        giveBack();
        return Outcome.OVERLAP;
    }

    private boolean grow(int needed) {
        int capacity = data.length - ROOM;
        if (needed <= capacity) {
            return true;
        }
        int larger = Math.max(SMALLEST, Integer.highestOneBit(needed - 1) << 1);
        if (!budget.reserve(cost(larger))) {
            return false;
        }
        budget.release(memory());
        data = Arrays.copyOf(data, ROOM + larger);
        present = Arrays.copyOf(present, larger / UNIT / Long.SIZE);
        return true;
    }

    private static int cost(int capacity) {
        return capacity <= 0 ? 0 : ROOM + capacity + capacity / UNIT / UNIT;
    }

    /** The packet put together, with the header of its first fragment. */
    Octets whole() {
        view.aim(data, ROOM - header, header + total);
        Ipv4Fields.TOTAL_LENGTH.set(view, header + total);
        Ipv4Fields.FRAGMENT.set(view, 0);
        if (congested) {
            Ipv4Fields.TYPE_OF_SERVICE.set(view, Ipv4Fields.TYPE_OF_SERVICE.get(view) | CONGESTION_EXPERIENCED);
        }
        Ipv4Fields.seal(view);
        return view;
    }

    boolean hasFirst() {
        return header > 0 && !spoiled;
    }

    /** The first fragment, which has come. */
    Octets first() {
        return view.aim(data, ROOM - header, header + firstLength);
    }

    void free() {
        deadline = Timed.NEVER;
        giveBack();
    }

    private void giveBack() {
        budget.release(memory());
        data = NO_DATA;
        present = NO_BITS;
    }

    static Drop reason(Outcome outcome) {
        return switch (outcome) {
            case DUPLICATE -> FragmentDrop.DUPLICATE_FRAGMENT;
            case OVERLAP -> FragmentDrop.OVERLAPPING_FRAGMENT;
            default -> Drop.MEMORY_DRY;
        };
    }
}

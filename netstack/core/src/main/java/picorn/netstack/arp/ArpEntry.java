// SPDX-License-Identifier: MIT
package picorn.netstack.arp;

import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.Timed;

/** What an ARP cache knows of one neighbour: nothing, that it has been asked, or its Ethernet address. */
final class ArpEntry {
    static final int WAITING = 4;
    static final int SIZE = 128;
    /** How long an address in doubt is believed, so that packets go on while its neighbour is asked. */
    private static final long GRACE = 3 * ArpCache.RETRY_INTERVAL;

    private final PacketBuffer[] waiting = new PacketBuffer[WAITING];
    private int oldest;
    private int count;
    /** How often it has been asked, 0 once it has answered. */
    private int tries;
    /** 0 as long as the entry is free. */
    private int address;

    private long hardware;
    private long deadline = Timed.NEVER;

    boolean isFree() {
        return address == 0;
    }

    boolean isAsked() {
        return tries > 0;
    }

    boolean isKnown(long now) {
        return address != 0 && tries == 0 && now < deadline;
    }

    boolean isFor(int address) {
        return this.address == address;
    }

    int address() {
        return address;
    }

    long hardware() {
        return hardware;
    }

    /** When to ask again, or when what is known is too old. */
    long deadline() {
        return deadline;
    }

    int tries() {
        return tries;
    }

    void learn(int address, long hardware, long validUntil) {
        this.address = address;
        this.hardware = hardware;
        deadline = validUntil;
        tries = 0;
    }

    void ask(int address, long againAt) {
        this.address = address;
        deadline = againAt;
        tries++;
    }

    /** Whether what is known is to be asked for again, since it is neither new nor in doubt already. */
    boolean doubt(long now) {
        long left = deadline - now;
        if (left <= GRACE || left > ArpCache.LIFETIME - ArpCache.RETRY_INTERVAL) {
            return false;
        }
        deadline = now + GRACE;
        return true;
    }

    void free() {
        address = 0;
        deadline = Timed.NEVER;
        tries = 0;
    }

    boolean hasWaiting() {
        return count > 0;
    }

    boolean isFull() {
        return count == WAITING;
    }

    void addWaiting(PacketBuffer packet) {
        waiting[(oldest + count) % WAITING] = packet;
        count++;
    }

    PacketBuffer takeWaiting() {
        PacketBuffer packet = waiting[oldest];
        oldest = (oldest + 1) % WAITING;
        count--;
        return packet;
    }
}

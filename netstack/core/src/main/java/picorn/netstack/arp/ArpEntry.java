// SPDX-License-Identifier: MIT
package picorn.netstack.arp;

import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.Timed;

/** What an ARP cache knows of one neighbour: nothing, that it has been asked, or its Ethernet address. */
final class ArpEntry {
    static final int WAITING = 4;
    static final int SIZE = 128;

    private enum State {
        FREE,
        ASKED,
        KNOWN
    }

    private final PacketBuffer[] waiting = new PacketBuffer[WAITING];
    private State state = State.FREE;
    private int oldest;
    private int count;
    private int tries;
    private int address;
    private long hardware;
    private long deadline = Timed.NEVER;

    boolean isFree() {
        return state == State.FREE;
    }

    boolean isAsked() {
        return state == State.ASKED;
    }

    boolean isKnown(long now) {
        return state == State.KNOWN && now < deadline;
    }

    boolean isFor(int address) {
        return state != State.FREE && this.address == address;
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
        state = State.KNOWN;
        this.address = address;
        this.hardware = hardware;
        deadline = validUntil;
        tries = 0;
    }

    void ask(int address, long againAt) {
        state = State.ASKED;
        this.address = address;
        deadline = againAt;
        tries++;
    }

    void free() {
        state = State.FREE;
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

// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import picorn.netstack.address.AddressPair;
import picorn.netstack.address.IpAddress;
import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;
import picorn.netstack.icmp.PingResult.Outcome;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.ip.SendResult;
import picorn.netstack.octets.Octets;

/**
 * Sends echoes and tells what became of them, without blocking.
 *
 * <pre>{@code
 * PingSocket ping = stack.icmp().ping();
 * ping.send(Ipv4Address.parse("10.0.2.15"), 56, 1_000_000_000L);
 * // ... poll, until:
 * ping.result().ifPresent(result -> ...);
 * }</pre>
 */
public final class PingSocket implements AutoCloseable {
    /** Echoes that can be under way at once; a further one gives up the oldest. */
    public static final int OUTSTANDING = 16;

    static final int MEMORY = 4096;
    private static final int RESULTS = 32;
    private static final int LONGEST = 2048;

    private final StackContext context;
    private final Icmpv4 icmp;
    private final int identifier;
    private final AddressPair addresses = new AddressPair();
    private final Octets pattern = new Octets();
    private final long[] sentAt = new long[OUTSTANDING];
    private final long[] deadlines = new long[OUTSTANDING];
    private final int[] sequences = new int[OUTSTANDING];
    private final int[] lengths = new int[OUTSTANDING];
    private final ArrayDeque<PingResult> results = new ArrayDeque<>();
    private int sequence;

    PingSocket(StackContext context, Icmpv4 icmp, int identifier) {
        this.context = context;
        this.icmp = icmp;
        this.identifier = identifier;
        Arrays.fill(deadlines, Timed.NEVER);
    }

    /**
     * Sends an echo with the next sequence number.
     *
     * @param to whom
     * @param length octets of data, 0 or more
     * @param timeout nanoseconds to wait for the answer, 1 or more
     * @return whether it was sent; if not, there will be no result of it
     * @throws IllegalArgumentException if length or timeout are out of range
     */
    public SendResult send(IpAddress to, int length, long timeout) {
        if (length < 0 || timeout < 1) {
            throw new IllegalArgumentException(
                    "an echo has 0 octets or more and waits 1 ns or more, not " + length + " and " + timeout);
        }
        if (length > LONGEST) {
            return SendResult.TOO_LARGE;
        }
        int next = sequence + 1 & 0xFFFF;
        addresses.anySource().destination(to.high(), to.low());
        fill(next, length);
        SendResult result = icmp.send(addresses, IcmpHeader.ECHO, 0, identifier, next, pattern, 0, length);
        if (result == SendResult.SENT) {
            sequence = next;
            remember(next, length, timeout);
        }
        return result;
    }

    private void remember(int number, int length, long timeout) {
        int slot = number % OUTSTANDING;
        if (deadlines[slot] != Timed.NEVER) {
            finish(slot, Outcome.TIMED_OUT, 0);
        }
        sequences[slot] = number;
        lengths[slot] = length;
        sentAt[slot] = context.now();
        deadlines[slot] = context.now() + Math.min(timeout, Timed.NEVER - 1 - context.now());
    }

    /** Fills the pattern with data that differs from one echo to the next. */
    private void fill(int number, int length) {
        byte[] data = pattern.array().length >= length ? pattern.array() : new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) (number + i);
        }
        pattern.aim(data, 0, length);
    }

    /**
     * The next result.
     *
     * @return the oldest that has not been taken; nothing if there is none
     */
    public Optional<PingResult> result() {
        return Optional.ofNullable(results.poll());
    }

    int identifier() {
        return identifier;
    }

    void receive(IpPacket packet) {
        Octets in = packet.payload();
        int number = IcmpHeader.SEQUENCE.get(in);
        int slot = number % OUTSTANDING;
        if (deadlines[slot] != Timed.NEVER && sequences[slot] == number) {
            finish(
                    slot,
                    isUnaltered(in, number, lengths[slot]) ? Outcome.ANSWERED : Outcome.ALTERED,
                    packet.hopLimit());
        }
    }

    private static boolean isUnaltered(Octets in, int number, int length) {
        if (in.length() != IcmpHeader.SIZE + length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((byte) in.octet(IcmpHeader.SIZE + i) != (byte) (number + i)) {
                return false;
            }
        }
        return true;
    }

    private void finish(int slot, Outcome outcome, int hopLimit) {
        deadlines[slot] = Timed.NEVER;
        if (results.size() == RESULTS) {
            results.remove();
        }
        results.add(new PingResult(sequences[slot], outcome, context.now() - sentAt[slot], hopLimit));
    }

    long deadline() {
        long deadline = Timed.NEVER;
        for (long each : deadlines) {
            deadline = Math.min(deadline, each);
        }
        return deadline;
    }

    void poll(long now) {
        for (int slot = 0; slot < OUTSTANDING; slot++) {
            if (deadlines[slot] <= now) {
                finish(slot, Outcome.TIMED_OUT, 0);
            }
        }
    }

    @Override
    public void close() {
        icmp.close(this);
    }
}

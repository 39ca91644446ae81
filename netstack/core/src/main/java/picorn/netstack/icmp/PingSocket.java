// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import picorn.netstack.address.AddressPair;
import picorn.netstack.address.IpAddress;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;
import picorn.netstack.icmp.PingResult.Outcome;
import picorn.netstack.ip.ErrorKind;
import picorn.netstack.ip.IpError;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.ip.Route;
import picorn.netstack.ip.SendOptions;
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
public final class PingSocket implements Timed, AutoCloseable {
    /** Echoes that can be under way at once; a further one gives up the oldest. */
    public static final int OUTSTANDING = 16;

    static final int MEMORY = 4096;
    private static final int RESULTS = 32;

    private final StackContext context;
    private final Pings pings;
    private final Ipv4 ip;
    private final IcmpSender sender;
    private final int identifier;
    private final AddressPair addresses = new AddressPair();
    private final long[] sentAt = new long[OUTSTANDING];
    private final long[] deadlines = new long[OUTSTANDING];
    private final int[] sequences = new int[OUTSTANDING];
    private final int[] lengths = new int[OUTSTANDING];
    private final ArrayDeque<PingResult> results = new ArrayDeque<>();
    private SendOptions options = SendOptions.DEFAULT;
    private int sequence;

    PingSocket(StackContext context, Pings pings, Ipv4 ip, IcmpSender sender, int identifier) {
        this.context = context;
        this.pings = pings;
        this.ip = ip;
        this.sender = sender;
        this.identifier = identifier;
        Arrays.fill(deadlines, Timed.NEVER);
    }

    /**
     * Says how the next echoes are to be sent: with few hops, not to be cut up, with header options.
     *
     * @param how the options; {@link SendOptions#DEFAULT} before
     */
    public void options(SendOptions how) {
        options = how;
    }

    /**
     * Sends an echo with the next sequence number.
     *
     * @param to whom
     * @param length octets of data, 0 or more; beyond the MTU it is cut up, if the stack does that
     * @param timeout nanoseconds to wait for the answer, 1 or more
     * @return whether it was sent; if not, there will be no result of it
     * @throws IllegalArgumentException if length or timeout are out of range
     */
    public SendResult send(IpAddress to, int length, long timeout) {
        if (length < 0 || timeout < 1) {
            throw new IllegalArgumentException(
                    "an echo has 0 octets or more and waits 1 ns or more, not " + length + " and " + timeout);
        }
        addresses.anySource().destination(to.high(), to.low());
        Route route = ip.route(addresses);
        SendResult result = sender.check(route, length, options);
        if (result == SendResult.SENT) {
            sequence = sequence + 1 & 0xFFFF;
            remember(sequence, length, timeout);
            int word = identifier << 16 | sequence;
            PacketBuffer message = sender.start(route, length, options, IcmpHeader.ECHO, 0, word);
            fill(message.octets(), sequence);
            sender.send(message, route, addresses, options);
        }
        return result;
    }

    private void remember(int number, int length, long timeout) {
        int slot = number % OUTSTANDING;
        if (deadlines[slot] != Timed.NEVER) {
            timeOut(slot);
        }
        sequences[slot] = number;
        lengths[slot] = length;
        sentAt[slot] = context.now();
        deadlines[slot] = context.now() + Math.min(timeout, Timed.NEVER - 1 - context.now());
    }

    /** Fills an echo with data that differs from one to the next. */
    private static void fill(Octets out, int number) {
        for (int i = IcmpFields.SIZE; i < out.length(); i++) {
            out.array()[out.offset() + i] = (byte) (number + i - IcmpFields.SIZE);
        }
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
        int number = IcmpFields.SEQUENCE.get(in);
        int slot = number % OUTSTANDING;
        if (isUnderWay(slot, number)) {
            Outcome outcome = isUnaltered(in, number, lengths[slot]) ? Outcome.ANSWERED : Outcome.ALTERED;
            finish(slot, outcome, packet.hopLimit(), packet.addresses().source(), Optional.empty());
        }
    }

    private boolean isUnderWay(int slot, int number) {
        return deadlines[slot] != Timed.NEVER && sequences[slot] == number;
    }

    /** Takes an error; a redirect is none of the echo. */
    boolean error(IpError error, int number) {
        int slot = number % OUTSTANDING;
        boolean ours = isUnderWay(slot, number);
        if (ours && error.kind() != ErrorKind.REDIRECTED) {
            finish(slot, Outcome.FAILED, 0, new Ipv4Address(error.reporterIpv4()), Optional.of(error.kind()));
        }
        return ours;
    }

    private static boolean isUnaltered(Octets in, int number, int length) {
        if (in.length() != IcmpFields.SIZE + length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((byte) in.octet(IcmpFields.SIZE + i) != (byte) (number + i)) {
                return false;
            }
        }
        return true;
    }

    private void timeOut(int slot) {
        finish(slot, Outcome.TIMED_OUT, 0, Ipv4Address.UNSPECIFIED, Optional.empty());
    }

    private void finish(int slot, Outcome outcome, int hopLimit, IpAddress from, Optional<ErrorKind> error) {
        deadlines[slot] = Timed.NEVER;
        if (results.size() == RESULTS) {
            results.remove();
        }
        results.add(new PingResult(sequences[slot], outcome, context.now() - sentAt[slot], hopLimit, from, error));
    }

    @Override
    public long deadline() {
        long deadline = Timed.NEVER;
        for (long each : deadlines) {
            deadline = Math.min(deadline, each);
        }
        return deadline;
    }

    @Override
    public long poll(long now) {
        for (int slot = 0; slot < OUTSTANDING; slot++) {
            if (deadlines[slot] <= now) {
                timeOut(slot);
            }
        }
        return deadline();
    }

    @Override
    public void close() {
        pings.close(this);
    }
}

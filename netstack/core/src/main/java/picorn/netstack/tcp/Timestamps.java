// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

/** Timestamps (RFC 7323, sections 3 to 5), for connections that have agreed on them. */
final class Timestamps {
    /** The unit of the clock, and how much nanoseconds it is. */
    private static final long TICK = 1_000_000;

    /** A timestamp older than 24 days is not compared any more (section 5.5). */
    private static final long OUTDATED = 24L * 86_400_000_000_000L;

    private Timestamps() {}

    /** What the clock of a flow says: milliseconds, from a beginning that differs by connection (section 5.4). */
    static int now(Flow flow, long now) {
        return (int) (now / TICK) + flow.hash;
    }

    /** Takes the peer's timestamp, which has been checked. */
    static void take(Connection c, TcpOptions options, long now) {
        c.rcv.tsRecent = options.timestamp;
        c.rcv.tsRecentAt = now;
    }

    /** Takes the timestamp of a segment in the window, if it begins at or before what was last acknowledged (section 4.3). */
    static void take(Connection c, Segment s, long now) {
        if (s.options.timestamps && Sequence.isAtMost(s.seq, c.rcv.lastAck)) {
            take(c, s.options, now);
        }
    }

    /** Whether a segment is to be dropped: it has no timestamp, or an old one (section 5.3), which is acknowledged. */
    static boolean isOld(Connection c, Segment s, long now) {
        if (!s.options.timestamps) {
            return true;
        }
        boolean old = Sequence.isBefore(s.options.timestamp, c.rcv.tsRecent) && now - c.rcv.tsRecentAt < OUTDATED;
        c.ackNow |= old;
        return old;
    }

    /**
     * Measures the round trip (section 4). A timestamp from before the oldest segment was sent again tells of an acknowledgment
     * that was lost, not of the round trip.
     */
    static void measure(Connection c, Segment s, long oldest, long now) {
        long measured = (now(c, now) - s.options.echo) * TICK;
        if (s.options.echo != 0 && s.ack != c.snd.una && measured <= oldest + TICK) {
            c.rtt.sample(measured, Math.max(1, (c.snd.flight() / Transmission.payload(c) + 1) / 2));
        }
    }

    /** Writes the option. */
    static void write(Flow flow, TcpOptions options, int echo, long now) {
        options.putTimestamps(now(flow, now), echo);
    }
}

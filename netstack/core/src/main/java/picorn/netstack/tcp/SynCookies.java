// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.Counter;
import picorn.netstack.context.StackContext;

/**
 * SYN cookies (RFC 4987, section 3.6): what must be remembered of a request goes into the sequence number of the answer, and
 * into its timestamp. Cookies are taken for a minute or two after the last that was sent.
 */
final class SynCookies extends SynDefence {
    private static final long PERIOD = 64_000_000_000L;
    private static final int[] MSS = {TcpOptions.DEFAULT_MSS, 1200, 1300, 1360, 1400, 1440, 1452, 1460};
    private static final int PERIOD_SHIFT = 27;
    private static final int MSS_SHIFT = 24;
    private static final int HASH = (1 << MSS_SHIFT) - 1;
    /** In the low bits of the timestamp: the shift count, {@link #NO_SCALE} for none, and whether SACK is permitted. */
    private static final int OPTION_BITS = 5;

    private static final int SACK = 16;
    private static final int NO_SCALE = 15;

    private final Tcp tcp;
    private final StackContext context;
    private final KeyedHash hash;
    private final TcpOptions remembered = new TcpOptions();
    private final Counter sent;
    private final Counter accepted;
    private long sentUntil;

    SynCookies(Tcp tcp, StackContext context) {
        this.tcp = tcp;
        this.context = context;
        hash = new KeyedHash(context.random());
        sent = context.counter("tcp.cookies-sent");
        accepted = context.counter("tcp.cookies-accepted");
    }

    @Override
    boolean requested(TcpListener l, Segment s) {
        int period = period();
        int mss = MSS.length - 1;
        while (mss > 0 && MSS[mss] > s.options.mss) {
            mss--;
        }
        boolean timestamps = s.options.timestamps && l.config().has(TcpFeature.TIMESTAMPS);
        Flow to = tcp.answering(s);
        SegmentWriter writer = tcp.writer();
        if (writer.start(to, 4 + (timestamps ? TcpOptions.TIMESTAMPS_SIZE + synOptions(l, s) : 0), 0)
                        .length()
                == 0) {
            return true;
        }
        writer.options().putMss(writer.mss(to));
        if (timestamps) {
            putOptions(l, s, to, writer.options());
        }
        int cookie = (period & 31) << PERIOD_SHIFT | mss << MSS_SHIFT | hash(to, s.seq, period, mss);
        writer.finish(to, cookie, s.seq + 1, TcpHeader.SYN | TcpHeader.ACK, window(l), 0);
        sentUntil = context.now() + 2 * PERIOD;
        sent.count();
        return true;
    }

    private static int synOptions(TcpListener l, Segment s) {
        return (sack(l, s) ? 4 : 0) + (scale(l, s) != NO_SCALE ? 4 : 0);
    }

    private static boolean sack(TcpListener l, Segment s) {
        return s.options.sackPermitted && l.config().has(TcpFeature.SACK);
    }

    private static int scale(TcpListener l, Segment s) {
        return s.options.scale == TcpOptions.NO_SCALE || !l.config().has(TcpFeature.WINDOW_SCALING)
                ? NO_SCALE
                : s.options.scale;
    }

    private static int window(TcpListener l) {
        return Math.min(l.config().receiveBuffer(), 0xFFFF);
    }

    private void putOptions(TcpListener l, Segment s, Flow to, TcpOptions options) {
        int bits = scale(l, s) | (sack(l, s) ? SACK : 0);
        int clock = Timestamps.now(to, context.now());
        int stamp = clock >>> OPTION_BITS << OPTION_BITS | bits;
        options.putTimestamps(
                Sequence.isBefore(clock, stamp) ? stamp - (1 << OPTION_BITS) : stamp, s.options.timestamp);
        if (sack(l, s)) {
            options.putSackPermitted();
        }
        if (scale(l, s) != NO_SCALE) {
            options.putScale(Connection.scaleFor(l.config()));
        }
    }

    @Override
    boolean acknowledged(TcpListener l, Segment s) {
        int cookie = s.ack - 1;
        int age = period() - (cookie >>> PERIOD_SHIFT) & 31;
        int mss = cookie >>> MSS_SHIFT & MSS.length - 1;
        boolean right = context.now() < sentUntil
                && age <= 1
                && (cookie & HASH) == hash(tcp.answering(s), s.seq - 1, period() - age, mss);
        if (!right || s.has(TcpHeader.SYN)) {
            return false;
        }
        remember(s, mss);
        accepted.count();
        revive(l, s, cookie);
        return true;
    }

    private void revive(TcpListener listener, Segment s, int iss) {
        Connection c = tcp.flows().passive(listener, s);
        if (c.failure != null) {
            context.drops().count(TcpDrop.MEMORY_DRY);
            return;
        }
        listener.requested();
        tcp.flows().begin(c, iss);
        c.ecn = false;
        tcp.segmentArrives().synchronize(c, s.seq - 1, remembered);
        c.state = TcpState.SYN_RECEIVED;
        tcp.segmentArrives().arrives(c, s);
    }

    private void remember(Segment s, int mss) {
        remembered.clear();
        remembered.mss = MSS[mss];
        if (s.options.timestamps) {
            int bits = s.options.echo;
            remembered.timestamps = true;
            remembered.timestamp = s.options.timestamp;
            remembered.sackPermitted = (bits & SACK) != 0;
            remembered.scale = (bits & NO_SCALE) == NO_SCALE ? TcpOptions.NO_SCALE : bits & NO_SCALE;
        }
    }

    private int period() {
        return (int) (context.now() / PERIOD);
    }

    private int hash(Flow flow, int irs, int period, int mss) {
        return (int) hash.begin()
                        .add(flow)
                        .add((long) irs << 32 | (long) period << 3 | mss)
                        .end(6)
                & HASH;
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

/** What is left of a connection in TIME-WAIT (RFC 9293, section 3.3.2): enough to acknowledge a FIN that comes again. */
final class TimeWait extends Flow {
    static final int MEMORY = Flow.MEMORY + 48;

    private final Tcp tcp;
    private final int sndNxt;
    private final int rcvNxt;
    private final int tsRecent;
    private final int window;
    private final boolean timestamps;
    private long endsAt;

    TimeWait(Tcp tcp, Connection c, long endsAt) {
        this.tcp = tcp;
        this.endsAt = endsAt;
        addressedLike(c);
        hash = c.hash;
        sndNxt = c.snd.nxt;
        rcvNxt = c.rcv.nxt;
        tsRecent = c.rcv.tsRecent;
        timestamps = c.timestamps;
        window = Math.min(c.rcv.wnd() >>> c.rcv.scale, 0xFFFF);
    }

    @Override
    long deadline() {
        return endsAt;
    }

    @Override
    void wake(long now) {
        tcp.flows().forget(this);
    }

    @Override
    void arrives(Segment s) {
        boolean newer = timestamps && s.options.timestamps && Sequence.isBefore(tsRecent, s.options.timestamp);
        if (s.has(TcpHeader.RST)) {
            // A reset must not cut the wait short (RFC 1337).
            return;
        }
        if (s.has(TcpHeader.SYN) && !s.has(TcpHeader.ACK) && (newer || Sequence.isBefore(rcvNxt, s.seq))) {
            // A new incarnation (RFC 6191).
            tcp.flows().forget(this);
            tcp.deliver(s);
        } else if (s.has(TcpHeader.FIN) || s.length() > 0 || s.seq != rcvNxt) {
            endsAt = s.has(TcpHeader.FIN) ? tcp.flows().timeWaitEnd() : endsAt;
            acknowledge();
        }
    }

    private void acknowledge() {
        SegmentWriter writer = tcp.writer();
        if (writer.start(this, timestamps ? TcpOptions.TIMESTAMPS_SIZE : 0, 0).length() == 0) {
            return;
        }
        if (timestamps) {
            Timestamps.write(this, writer.options(), tsRecent, tcp.now());
        }
        writer.finish(this, sndNxt, rcvNxt, TcpHeader.ACK, window, 0);
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.Timed;
import picorn.netstack.ip.IpError;
import picorn.netstack.tcp.control.RttEstimator;

/** A connection's transmission control block (RFC 9293, section 3.3.1). */
final class Connection extends Flow {
    /** Octets of this object and those that belong to it, buffers and growing tables apart. */
    static final int MEMORY = Flow.MEMORY
            + 160
            + SendSequence.MEMORY
            + ReceiveSequence.MEMORY
            + SendBuffer.MEMORY
            + ReceiveBuffer.MEMORY
            + Reassembly.MEMORY
            + TcpSocket.MEMORY;

    final Tcp tcp;
    TcpConfig config;
    final SendSequence snd = new SendSequence();
    final ReceiveSequence rcv = new ReceiveSequence();
    final SendBuffer out;
    final ReceiveBuffer in;
    final Reassembly reassembly;
    final RttEstimator rtt = new RttEstimator();
    /** Null as long as the connection has not been admitted. */
    Recovery recovery;

    TcpState state = TcpState.CLOSED;
    /** The listener that it came to, until it is established; null for one that was opened actively. */
    TcpListener listener;
    /** Why it ended, or null. */
    TcpFailure failure;
    /** What the network has told, which shows if the connection times out. */
    TcpFailure softError = TcpFailure.TIMED_OUT;

    Runnable ready = () -> {};
    /** Whether a SYN carries, or has carried on both sides, the option. */
    boolean timestamps;

    boolean sack;
    boolean noDelay;
    boolean finQueued;
    boolean finSent;
    boolean finReceived;
    boolean ackNow;
    /** Whether congestion notification is offered, or agreed on. */
    boolean ecn;
    /** Whether congestion is echoed to the peer. */
    boolean echo;
    /** Whether the peer is to be told that the window was reduced. */
    boolean reduced;
    /** Until what is acknowledged the window is not reduced again. */
    int reducedUntil;
    /** Whether urgent data is under way. */
    boolean urgent;
    /** Whether something has grown that may shrink when nothing happens. */
    boolean busy;
    /** Whether the user has closed: nobody will read. */
    boolean abandoned;
    /** Whether the memory has been given back. */
    boolean released;
    /** Whether the retransmission timer stands for a window that does not open. */
    boolean persisting;
    /** Whether an octet beyond SND.NXT has been sent to probe the window. */
    boolean probed;
    /** Unanswered expirations of the retransmission timer, or keep-alive probes. */
    int retries;
    /** Keep-alive probes that were not answered. */
    int probes;

    long retransmitAt = Timed.NEVER;
    long ackAt = Timed.NEVER;
    long lifeAt = Timed.NEVER;
    /** Since when nothing has been acknowledged of what is under way. */
    long progressAt;
    /** When the peer was last heard. */
    long heardAt;
    /** When to give back what only a busy connection needs. */
    long quietAt = Timed.NEVER;
    /** When the last data was sent. */
    long sentAt;

    Connection(Tcp tcp, TcpConfig config) {
        this.tcp = tcp;
        this.config = config;
        out = new SendBuffer(tcp.flows().chunks(), config.sendBuffer());
        in = new ReceiveBuffer(tcp.flows().chunks(), config.receiveBuffer());
        reassembly = new Reassembly(tcp.budget());
        timestamps = may(TcpFeature.TIMESTAMPS);
        sack = may(TcpFeature.SACK);
        ecn = may(TcpFeature.ECN);
        noDelay = may(TcpFeature.NO_DELAY);
        rcv.scale = scaleFor(config);
    }

    private boolean may(TcpFeature feature) {
        return config.has(feature) && tcp.modules().has(feature);
    }

    /** The least shift with which the whole buffer can be offered. */
    static int scaleFor(TcpConfig config) {
        int bits = 32 - Integer.numberOfLeadingZeros(config.receiveBuffer());
        return config.has(TcpFeature.WINDOW_SCALING) ? Math.max(0, bits - 16) : 0;
    }

    @Override
    long deadline() {
        return Math.min(Math.min(retransmitAt, quietAt), Math.min(ackAt, Math.min(lifeAt, recovery.lookAt)));
    }

    @Override
    void wake(long now) {
        tcp.timers().wake(this, now);
    }

    @Override
    void tellUser() {
        ready.run();
        if (state != TcpState.CLOSED) {
            tcp.output().run(this);
        }
    }

    /** Gives back what it does not need while nothing happens. */
    void rest() {
        busy = false;
        quietAt = Timed.NEVER;
        recovery.rest();
        reassembly.rest();
        out.rest();
        if (reassembly.isEmpty()) {
            in.rest();
        }
    }

    @Override
    boolean error(IpError error) {
        return tcp.errorArrives().arrives(this, error);
    }

    @Override
    void arrives(Segment segment) {
        tcp.segmentArrives().arrives(this, segment);
    }

    TcpState state() {
        return state == TcpState.TIME_WAIT && tcp.now() >= lifeAt ? TcpState.CLOSED : state;
    }

    /** Octets written, or the FIN, that have never been sent. */
    int unsent() {
        return finSent ? 0 : out.length() - (snd.nxt - snd.bufferStart());
    }

    /** The user is to be told that something has changed. */
    void change() {
        tcp.tell(this);
    }

    /** Ends the connection, everything that waits to be sent being lost. */
    void fail(TcpFailure why) {
        failure = why;
        tcp.counters().failed.count();
        end();
    }

    /** Ends the connection. */
    void end() {
        state = TcpState.CLOSED;
        tcp.flows().forget(this);
        change();
    }

    /** Gives back what it holds; what can still be read stays until the user closes. */
    void release() {
        if (released) {
            return;
        }
        out.close();
        reassembly.close();
        recovery.lookAt = Timed.NEVER;
        if (abandoned) {
            released = true;
            in.close();
            recovery.close();
            tcp.flows().release(this);
        }
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picorn.netstack.stack.StackConfig;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpFeature;
import picorn.netstack.tcp.TcpListener;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.tcp.TcpState;
import picorn.netstack.tcp.table.Situation.Opened;
import picorn.netstack.testing.Station;
import picorn.netstack.testing.script.Peer;
import picorn.netstack.testing.script.Sent;
import picorn.netstack.testing.script.Stream;
import picorn.netstack.testing.script.Tcp4;

/** A stack brought into a situation, and its peer. */
final class Rig {
    static final int WINDOW = 2000;
    static final int DATA = 100;
    private static final int PEER_WINDOW = 4000;
    private static final int IRS = -1000;
    private static final int PORT = 80;
    private static final TcpConfig CONFIG = TcpConfig.DEFAULT
            .receiveBuffer(WINDOW)
            .without(TcpFeature.SACK)
            .without(TcpFeature.TIMESTAMPS)
            .without(TcpFeature.WINDOW_SCALING)
            .without(TcpFeature.ECN);

    private final Peer peer = new Peer(StackConfig.named("table").seed(3).memory(64 * 1024));
    private Optional<TcpListener> listener = Optional.empty();
    private Optional<TcpSocket> socket = Optional.empty();
    private int iss;
    private int ourPort = PORT;
    private int una;
    private int nxt;
    private int rcv;

    Situation bring(TcpState state, Opened opened) {
        switch (state) {
            case CLOSED -> {}
            case LISTEN -> listen();
            case SYN_SENT -> connect();
            default -> synchronise(state, opened);
        }
        drain();
        return new Situation(state, opened, una, nxt, rcv, state == TcpState.CLOSED ? 0 : WINDOW, PEER_WINDOW);
    }

    private void listen() {
        listener = Optional.of(peer.stack().tcp().listen(PORT, CONFIG));
    }

    private void connect() {
        socket = Optional.of(peer.stack().tcp().connect(Station.PEER, 5000, CONFIG));
        ourPort = socket.get().localPort();
        learn();
        nxt = 1;
    }

    private void learn() {
        for (Tcp4 segment : drain()) {
            if (segment.has(Tcp4.SYN)) {
                iss = segment.seq();
            }
        }
    }

    private void synchronise(TcpState state, Opened opened) {
        if (opened == Opened.ACTIVELY) {
            connect();
            give(new Segment(Tcp4.SYN, 0, 0, 0));
        } else {
            listen();
            give(new Segment(Tcp4.SYN, 0, 0, 0));
            learn();
        }
        nxt = 1;
        rcv = 1;
        if (state != TcpState.SYN_RECEIVED) {
            give(new Segment(Tcp4.ACK, 1, 1, 0));
            una = 1;
            if (opened == Opened.PASSIVELY) {
                socket = listener.orElseThrow().accept();
            }
            establishedTo(state);
        }
    }

    private void establishedTo(TcpState state) {
        if (state == TcpState.CLOSE_WAIT || state == TcpState.LAST_ACK) {
            peerCloses();
        }
        socket.orElseThrow().write(Stream.octets(1, DATA), 0, DATA);
        nxt += DATA;
        if (state != TcpState.ESTABLISHED && state != TcpState.CLOSE_WAIT) {
            socket.orElseThrow().shutdownOutput();
            nxt++;
        }
        if (state == TcpState.FIN_WAIT_2 || state == TcpState.TIME_WAIT) {
            una = nxt;
            give(new Segment(Tcp4.ACK, rcv, una, 0));
        }
        if (state == TcpState.CLOSING || state == TcpState.TIME_WAIT) {
            peerCloses();
        }
    }

    private void peerCloses() {
        give(new Segment(Tcp4.FIN | Tcp4.ACK, rcv, una, 0));
        rcv++;
    }

    /** Gives the stack a segment whose numbers are relative. */
    void give(Segment segment) {
        byte[] mss = segment.syn() ? new byte[] {2, 4, 4, 0} : new byte[0];
        peer.giveIp(new Tcp4(
                        Station.PEER.bits(),
                        Station.US.bits(),
                        0,
                        5000,
                        ourPort,
                        IRS + segment.seq(),
                        segment.hasAck() ? iss + segment.ack() : 0,
                        segment.flags(),
                        PEER_WINDOW,
                        0,
                        mss,
                        Stream.octets(segment.seq(), segment.data()))
                .packet());
    }

    TcpState state() {
        if (socket.isPresent()) {
            return socket.get().state();
        }
        return listener.isPresent() ? TcpState.LISTEN : TcpState.CLOSED;
    }

    /** The state of a connection that its listener still holds back, told by what it answers. */
    Optional<TcpSocket> accepted() {
        if (socket.isEmpty() && listener.isPresent()) {
            socket = listener.get().accept();
        }
        return socket;
    }

    /** What has been sent since the last look, with absolute numbers. */
    List<Tcp4> drain() {
        List<Tcp4> segments = new ArrayList<>();
        while (!peer.unread().isEmpty()) {
            Sent sent = peer.unread().poll();
            sent.tcp().ifPresent(segments::add);
        }
        return segments;
    }

    List<Tcp4> drainAfter(long nanoseconds) {
        peer.advance(nanoseconds);
        return drain();
    }

    int relativeSeq(Tcp4 segment) {
        return segment.seq() - iss;
    }

    int relativeAck(Tcp4 segment) {
        return segment.ack() - IRS;
    }
}

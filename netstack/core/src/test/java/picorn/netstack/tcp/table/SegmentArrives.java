// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.table;

import java.util.ArrayList;
import java.util.List;
import picorn.netstack.tcp.TcpState;
import picorn.netstack.tcp.table.Outcome.Reply;

/**
 * RFC 9293, section 3.10.7, written from its text and not from the stack: what may come of a segment. There is more than one
 * outcome where the text leaves a choice, which is noted there.
 */
final class SegmentArrives {
    private final Situation s;
    private final Segment in;

    private SegmentArrives(Situation s, Segment in) {
        this.s = s;
        this.in = in;
    }

    static List<Outcome> at(Situation situation, Segment segment) {
        SegmentArrives arrives = new SegmentArrives(situation, segment);
        return switch (situation.state()) {
            case CLOSED -> List.of(arrives.closed());
            case LISTEN -> arrives.listen();
            case SYN_SENT -> arrives.synSent();
            case TIME_WAIT -> arrives.timeWait();
            default -> arrives.otherwise();
        };
    }

    /** 3.10.7.1. */
    private Outcome closed() {
        if (in.rst()) {
            return Outcome.dropped(s);
        }
        return in.hasAck() ? Outcome.reset(s, in) : new Outcome(TcpState.CLOSED, Reply.RST_ACK, 0, in.end());
    }

    /** 3.10.7.2. The table looks at the listener only, so its state stays. */
    private List<Outcome> listen() {
        if (in.rst()) {
            return List.of(Outcome.dropped(s));
        }
        if (in.hasAck()) {
            return List.of(Outcome.reset(s, in));
        }
        Outcome synAck = new Outcome(TcpState.LISTEN, Reply.SYN_ACK, 0, in.seq() + 1);
        // SYN with FIN, or with data, makes no sense; whether to drop it whole is left open.
        return !in.syn()
                ? List.of(Outcome.dropped(s))
                : in.fin() ? List.of(synAck, Outcome.dropped(s)) : List.of(synAck);
    }

    /** 3.10.7.3. */
    private List<Outcome> synSent() {
        boolean acceptable = in.hasAck() && in.ack() == s.nxt();
        if (in.hasAck() && !acceptable) {
            return List.of(in.rst() ? Outcome.dropped(s) : Outcome.reset(s, in));
        }
        if (in.rst()) {
            return List.of(acceptable ? new Outcome(TcpState.CLOSED, Reply.NOTHING, 0, 0) : Outcome.dropped(s));
        }
        if (!in.syn()) {
            return List.of(Outcome.dropped(s));
        }
        if (!acceptable) {
            return List.of(new Outcome(TcpState.SYN_RECEIVED, Reply.SYN_ACK, 0, in.seq() + 1));
        }
        TcpState next = in.fin() ? TcpState.CLOSE_WAIT : TcpState.ESTABLISHED;
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.add(new Outcome(next, Reply.ACK, s.nxt(), in.end()));
        if (in.data() > 0 || in.fin()) {
            // Text and FIN may be left to the peer to send again.
            outcomes.add(new Outcome(TcpState.ESTABLISHED, Reply.ACK, s.nxt(), in.seq() + 1));
        }
        return outcomes;
    }

    /** 3.10.7.4. */
    private List<Outcome> otherwise() {
        if (!acceptable()) {
            return unacceptable();
        }
        if (in.rst()) {
            return reset();
        }
        if (in.syn()) {
            return syn();
        }
        if (!in.hasAck()) {
            return List.of(Outcome.dropped(s));
        }
        return s.state() == TcpState.SYN_RECEIVED ? synReceived() : acknowledgment(s);
    }

    /** First: the four cases of the sequence number. */
    private boolean acceptable() {
        if (in.length() == 0) {
            return s.window() == 0 ? in.seq() == s.rcv() : inWindow(in.seq());
        }
        return s.window() > 0 && (inWindow(in.seq()) || inWindow(in.end() - 1));
    }

    private boolean inWindow(int seq) {
        return seq >= s.rcv() && seq < s.rcv() + s.window();
    }

    private List<Outcome> unacceptable() {
        List<Outcome> outcomes = new ArrayList<>();
        if (in.rst()) {
            outcomes.add(Outcome.dropped(s));
        } else {
            outcomes.add(Outcome.acknowledged(s));
        }
        if (s.state() == TcpState.SYN_RECEIVED && in.syn() && !in.rst()) {
            // The SYN again: our SYN-ACK may be lost (figure 7, RFC 1122, section 4.2.2.21 show it sent again).
            outcomes.add(new Outcome(TcpState.SYN_RECEIVED, Reply.SYN_ACK, 0, s.rcv()));
            if (in.hasAck() && in.ack() == s.nxt()) {
                outcomes.add(new Outcome(TcpState.ESTABLISHED, Reply.ACK, s.nxt(), s.rcv()));
                outcomes.add(new Outcome(TcpState.ESTABLISHED, Reply.NOTHING, 0, 0));
            }
        }
        return outcomes;
    }

    /**
     * The text says that only a FIN sent again can arrive in TIME-WAIT, which is acknowledged; anything else may be answered as in
     * other states or not at all (RFC 1337 for RST).
     */
    private List<Outcome> timeWait() {
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.add(Outcome.acknowledged(s));
        if (in.rst() && in.seq() == s.rcv()) {
            outcomes.add(new Outcome(TcpState.CLOSED, Reply.NOTHING, 0, 0));
        }
        boolean finAgain = in.fin() && in.hasAck() && !in.rst() && !in.syn() && in.end() == s.rcv();
        if (!finAgain) {
            outcomes.add(Outcome.dropped(s));
        }
        addNewConnection(outcomes);
        return outcomes;
    }

    /** RFC 1122, section 4.2.2.13: TIME-WAIT may take a new SYN whose number is greater. */
    private void addNewConnection(List<Outcome> outcomes) {
        if (in.syn() && !in.hasAck() && !in.rst() && in.seq() >= s.rcv()) {
            outcomes.add(new Outcome(TcpState.TIME_WAIT, Reply.SYN_ACK, 0, in.seq() + 1));
            outcomes.add(new Outcome(TcpState.CLOSED, Reply.SYN_ACK, 0, in.seq() + 1));
            // Nobody listens: what CLOSED answers.
            outcomes.add(new Outcome(TcpState.TIME_WAIT, Reply.RST_ACK, 0, in.end()));
        }
    }

    /** Second: RST, as RFC 5961 has it. */
    private List<Outcome> reset() {
        if (!inWindow(in.seq())) {
            return List.of(Outcome.dropped(s), Outcome.acknowledged(s));
        }
        if (in.seq() != s.rcv()) {
            return List.of(Outcome.acknowledged(s));
        }
        return List.of(new Outcome(TcpState.CLOSED, Reply.NOTHING, 0, 0));
    }

    /** Fourth: SYN in the window, as RFC 5961 has it; a passive open goes back to LISTEN. */
    private List<Outcome> syn() {
        List<Outcome> outcomes = new ArrayList<>();
        if (s.state() == TcpState.SYN_RECEIVED && s.opened() == Situation.Opened.PASSIVELY) {
            outcomes.add(new Outcome(TcpState.CLOSED, Reply.NOTHING, 0, 0));
        }
        // RFC 5961 wants the challenge in every state from SYN-RECEIVED on.
        outcomes.add(Outcome.acknowledged(s));
        return outcomes;
    }

    /** Fifth, SYN-RECEIVED. */
    private List<Outcome> synReceived() {
        if (in.ack() != s.nxt()) {
            return List.of(Outcome.reset(s, in));
        }
        Situation established =
                new Situation(TcpState.ESTABLISHED, s.opened(), s.nxt(), s.nxt(), s.rcv(), s.window(), s.largest());
        return text(established);
    }

    /** Fifth, the synchronised states; RFC 5961, section 5 bounds old acknowledgments. */
    private List<Outcome> acknowledgment(Situation s) {
        if (in.ack() > s.nxt() || in.ack() < s.una() - s.largest()) {
            return List.of(Outcome.acknowledged(s));
        }
        boolean finAcked = s.finSent() && in.ack() == s.nxt();
        return switch (s.state()) {
            case FIN_WAIT_1 -> text(finAcked ? in(s, TcpState.FIN_WAIT_2) : s);
            case CLOSING -> noText(finAcked ? in(s, TcpState.TIME_WAIT) : s);
            case LAST_ACK -> noText(finAcked ? in(s, TcpState.CLOSED) : s);
            case CLOSE_WAIT -> noText(s);
            default -> text(s);
        };
    }

    private static Situation in(Situation s, TcpState state) {
        return new Situation(state, s.opened(), s.una(), s.nxt(), s.rcv(), s.window(), s.largest());
    }

    /** Text and FIN where the peer has sent FIN before: nothing of it should occur, and it may be acknowledged or not. */
    private List<Outcome> noText(Situation after) {
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.add(new Outcome(after.state(), Reply.NOTHING, 0, 0));
        if (in.length() > 0 && after.state() != TcpState.CLOSED) {
            outcomes.add(Outcome.acknowledged(after));
        }
        return outcomes;
    }

    /** Seventh and eighth: text, then FIN. */
    private List<Outcome> text(Situation after) {
        if (in.length() == 0) {
            return List.of(new Outcome(after.state(), Reply.NOTHING, 0, 0));
        }
        if (in.seq() > after.rcv()) {
            return List.of(Outcome.acknowledged(after));
        }
        int end = Math.min(in.end(), after.rcv() + after.window());
        boolean finInWindow = in.fin() && end == in.end();
        TcpState next = finInWindow ? afterFin(after.state()) : after.state();
        return List.of(new Outcome(next, Reply.ACK_SOON, after.nxt(), end));
    }

    private static TcpState afterFin(TcpState state) {
        return switch (state) {
            case FIN_WAIT_1 -> TcpState.CLOSING;
            case FIN_WAIT_2 -> TcpState.TIME_WAIT;
            default -> TcpState.CLOSE_WAIT;
        };
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.table;

import picorn.netstack.tcp.TcpState;

/**
 * What a segment leads to.
 *
 * @param state the state afterwards
 * @param reply what is sent
 * @param seq its sequence number, where the reply has one that counts
 * @param ack its acknowledgment number, likewise
 */
record Outcome(TcpState state, Reply reply, int seq, int ack) {
    /** Kinds of replies. */
    enum Reply {
        NOTHING,
        /** An acknowledgment at once. */
        ACK,
        /** An acknowledgment within half a second. */
        ACK_SOON,
        RST,
        RST_ACK,
        SYN_ACK
    }

    static Outcome dropped(Situation s) {
        return new Outcome(s.state(), Reply.NOTHING, 0, 0);
    }

    static Outcome acknowledged(Situation s) {
        return new Outcome(s.state(), Reply.ACK, s.nxt(), s.rcv());
    }

    static Outcome reset(Situation s, Segment in) {
        return new Outcome(s.state(), Reply.RST, in.ack(), 0);
    }
}

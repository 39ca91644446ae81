// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.table;

import picorn.netstack.tcp.TcpState;

/**
 * A connection as RFC 9293, section 3.3.1 describes it, with numbers relative to the two initial ones.
 *
 * @param state its state
 * @param opened whether a SYN of ours or a listener made it
 * @param una SND.UNA
 * @param nxt SND.NXT
 * @param rcv RCV.NXT
 * @param window RCV.WND
 * @param largest the largest window that the peer has offered
 */
record Situation(TcpState state, Opened opened, int una, int nxt, int rcv, int window, int largest) {
    /** Who began. */
    enum Opened {
        ACTIVELY,
        PASSIVELY
    }

    boolean finSent() {
        return switch (state) {
            case FIN_WAIT_1, FIN_WAIT_2, CLOSING, LAST_ACK, TIME_WAIT -> true;
            default -> false;
        };
    }
}

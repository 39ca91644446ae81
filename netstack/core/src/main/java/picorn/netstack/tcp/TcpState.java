// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

/** The states of a connection (RFC 9293, section 3.3.2), in the order in which a connection may pass through them. */
public enum TcpState {
    /** No connection. */
    CLOSED,
    /** Waiting for anybody's request. */
    LISTEN,
    /** A request has been sent. */
    SYN_SENT,
    /** A request has been received and sent; its acknowledgment is missing. */
    SYN_RECEIVED,
    /** Data flows both ways. */
    ESTABLISHED,
    /** The peer has ended; the local user has not. */
    CLOSE_WAIT,
    /** The local user has ended; the FIN is not acknowledged. */
    FIN_WAIT_1,
    /** The local user has ended, and the peer knows; the peer has not. */
    FIN_WAIT_2,
    /** Both have ended at once; the local FIN is not acknowledged. */
    CLOSING,
    /** Both have ended, the peer first; the local FIN is not acknowledged. */
    LAST_ACK,
    /** Both have ended; late segments are waited for. */
    TIME_WAIT;

    /** Whether both sides know each other's sequence numbers. */
    boolean isSynchronized() {
        return compareTo(ESTABLISHED) >= 0;
    }

    /** Whether the peer may still send data. */
    boolean mayReceive() {
        return this == ESTABLISHED || this == FIN_WAIT_1 || this == FIN_WAIT_2 || this == SYN_RECEIVED;
    }

    /** Whether the user may still hand in data. */
    boolean maySend() {
        return compareTo(SYN_SENT) >= 0 && compareTo(CLOSE_WAIT) <= 0;
    }

    /** Whether data, and the FIN, may be under way. */
    boolean mayTransmit() {
        return isSynchronized() && this != FIN_WAIT_2 && this != TIME_WAIT;
    }
}

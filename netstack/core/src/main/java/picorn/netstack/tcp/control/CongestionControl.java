// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.control;

/**
 * How much a connection may have under way (RFC 5681). It is told of events; the sender keeps what it has under way (the pipe of
 * RFC 6675) below {@link #cwnd()}. Amounts are octets, times nanoseconds.
 *
 * <p>FlightSize is what has been sent and not cumulatively acknowledged, without what limited transmit (RFC 3042) has added.
 */
public interface CongestionControl {
    /**
     * The connection is established and the handshake took no retransmission.
     *
     * @param mss octets of data in the largest segment that is sent, 1 or more
     */
    void start(int mss);

    /**
     * The connection is established, but a SYN had to be sent again, so that the initial window is one segment (RFC 5681,
     * section 3.1).
     *
     * @param mss octets of data in the largest segment that is sent, 1 or more
     */
    void startAfterLoss(int mss);

    /**
     * The size of segments changes in the midst of a connection.
     *
     * @param mss octets of data in the largest segment that is sent, 1 or more
     */
    void resize(int mss);

    /**
     * New data has been acknowledged, outside recovery.
     *
     * @param acked octets newly acknowledged by this segment
     * @param flightSize before this acknowledgment
     * @param srtt the smoothed round-trip time
     * @param now the time
     */
    void onAck(int acked, int flightSize, long srtt, long now);

    /**
     * Fast recovery begins: a segment has been found lost by duplicate acknowledgments, SACK or RACK.
     *
     * @param flightSize at this moment
     */
    void onLoss(int flightSize);

    /**
     * Fast recovery ends: everything that was outstanding at its beginning is acknowledged.
     *
     * @param flightSize after that acknowledgment
     */
    void onRecovered(int flightSize);

    /**
     * The retransmission timer has expired for data that has not been sent again by it before.
     *
     * @param flightSize at this moment
     */
    void onTimeout(int flightSize);

    /** The retransmission timer has expired once more for the same data: ssthresh stays (RFC 5681, equation 4 and below). */
    void onRepeatedTimeout();

    /** Nothing has been sent for longer than the retransmission timeout (RFC 5681, section 4.1). */
    void onIdle();

    /**
     * The peer has echoed congestion experienced; to be called at most once in a window of data (RFC 3168, section 6.1.2).
     *
     * @param flightSize at this moment
     */
    void onEcn(int flightSize);

    /**
     * The congestion window.
     *
     * @return octets that may be under way, 1 segment or more
     */
    int cwnd();

    /**
     * The slow start threshold.
     *
     * @return octets
     */
    int ssthresh();
}

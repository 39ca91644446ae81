// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

/**
 * What a connection knows of its path; times are nanoseconds, amounts octets.
 *
 * @param srtt the smoothed round-trip time, 0 before the first measurement
 * @param rttvar its mean deviation
 * @param rto the retransmission timeout
 * @param cwnd the congestion window
 * @param ssthresh the slow start threshold
 * @param mss the data of the largest segment that is sent
 * @param sendWindow what the peer would take
 * @param receiveWindow what this side would take
 * @param flightSize sent and not acknowledged
 * @param retransmissions segments sent again
 */
public record TcpInfo(
        long srtt,
        long rttvar,
        long rto,
        int cwnd,
        int ssthresh,
        int mss,
        int sendWindow,
        int receiveWindow,
        int flightSize,
        long retransmissions) {
    static TcpInfo of(Connection c) {
        Recovery recovery = c.recovery;
        if (recovery == null) {
            return new TcpInfo(0, 0, c.rtt.rto(), 0, 0, 0, 0, 0, 0, 0);
        }
        return new TcpInfo(
                c.rtt.srtt(),
                c.rtt.rttvar(),
                c.rtt.rto(),
                recovery.congestion.cwnd(),
                recovery.congestion.ssthresh(),
                c.snd.mss,
                c.snd.wnd,
                c.rcv.wnd(),
                c.snd.flight(),
                recovery.retransmissions);
    }
}

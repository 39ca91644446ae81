// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.control;

/** The smoothed round-trip time and the retransmission timeout of RFC 6298; all times are nanoseconds. */
public final class RttEstimator {
    /** The timeout before the first measurement (RFC 6298, rule 2.1). */
    public static final long INITIAL_RTO = 1_000_000_000L;

    /**
     * The least timeout. RFC 6298, rule 2.4 asks for 1 s and allows less where experience does; receivers delay acknowledgments
     * by no more than this.
     */
    public static final long LEAST_RTO = 200_000_000L;

    /** The greatest timeout (rule 2.5). */
    public static final long GREATEST_RTO = 60_000_000_000L;

    private static final long RTO_AFTER_LOST_SYN = 3_000_000_000L;

    private long srtt;
    private long rttvar;
    private long rto = INITIAL_RTO;

    /** An estimator that has not measured anything. */
    public RttEstimator() {}

    /**
     * Takes a measurement. It must not come from a segment that was sent twice, unless by timestamps (Karn's algorithm, section 3).
     *
     * @param rtt nanoseconds from sending to acknowledgment
     */
    public void sample(long rtt) {
        sample(rtt, 1);
    }

    /**
     * Takes one of several measurements in a round trip, which together weigh as much as one (RFC 7323, appendix G).
     *
     * @param rtt nanoseconds from sending to acknowledgment
     * @param samples how many are expected in a round trip, 1 or more
     */
    public void sample(long rtt, int samples) {
        long measured = Math.max(rtt, 1);
        if (srtt == 0) {
            srtt = measured;
            rttvar = measured / 2;
        } else {
            rttvar += (Math.abs(srtt - measured) - rttvar) / (4L * samples);
            srtt += (measured - srtt) / (8L * samples);
        }
        rto = Math.min(Math.max(srtt + 4 * rttvar, LEAST_RTO), GREATEST_RTO);
    }

    /** Doubles the timeout after it has expired (rule 5.5); the next measurement computes it anew. */
    public void backOff() {
        rto = Math.min(2 * rto, GREATEST_RTO);
    }

    /** Data transmission begins after a SYN has been sent again: without a measurement the timeout is 3 s (rule 5.7). */
    public void onLostSyn() {
        if (srtt == 0) {
            rto = RTO_AFTER_LOST_SYN;
        }
    }

    /**
     * The smoothed round-trip time.
     *
     * @return nanoseconds, 0 before the first measurement
     */
    public long srtt() {
        return srtt;
    }

    /**
     * The mean deviation of the round-trip time.
     *
     * @return nanoseconds
     */
    public long rttvar() {
        return rttvar;
    }

    /**
     * The retransmission timeout, backed off if it has expired.
     *
     * @return nanoseconds
     */
    public long rto() {
        return rto;
    }
}

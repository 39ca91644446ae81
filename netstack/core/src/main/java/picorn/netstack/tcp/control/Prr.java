// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.control;

/**
 * Proportional rate reduction with its slow start bound (RFC 6937): spreads a reduction of the window over the round trip of a
 * recovery. Amounts are octets.
 */
public final class Prr {
    private int recoverFlight;
    private long delivered;
    private long sent;

    /** Outside recovery. */
    public Prr() {}

    /**
     * Recovery begins.
     *
     * @param flightSize before the loss was found (RecoverFS)
     */
    public void start(int flightSize) {
        recoverFlight = Math.max(flightSize, 1);
        delivered = 0;
        sent = 0;
    }

    /**
     * What may be under way after an acknowledgment in recovery.
     *
     * @param deliveredNow octets that this acknowledgment says have newly arrived, cumulatively or by SACK (DeliveredData)
     * @param pipe octets under way
     * @param ssthresh the window at which recovery aims
     * @param mss octets of a full segment
     * @return the congestion window until the next acknowledgment: pipe and sndcnt
     */
    public int window(int deliveredNow, int pipe, int ssthresh, int mss) {
        delivered += deliveredNow;
        long allowed;
        if (pipe > ssthresh) {
            allowed = (delivered * ssthresh + recoverFlight - 1) / recoverFlight - sent;
        } else {
            long bound = Math.max(delivered - sent, deliveredNow) + mss;
            allowed = Math.min(ssthresh - pipe, bound);
        }
        return pipe + (int) Math.max(allowed, 0);
    }

    /**
     * Something has been sent in recovery, new or again.
     *
     * @param octets of data
     */
    public void onSent(int octets) {
        sent += octets;
    }
}

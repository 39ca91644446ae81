// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.control;

/**
 * Slow start, congestion avoidance and the reductions of RFC 5681 and RFC 6582. Octets are counted as in RFC 3465, with L = 2
 * segments, so that a receiver that acknowledges every second segment does not halve the growth.
 */
public class NewReno implements CongestionControl {
    static final int LARGEST_WINDOW = 1 << 30;

    private int mss = 1;
    private int cwnd = LARGEST_WINDOW;
    private int ssthresh = LARGEST_WINDOW;
    private int counted;
    private int slowStartLimit = 2;

    /** A window that is not limited before the connection starts. */
    public NewReno() {}

    @Override
    public final void start(int mss) {
        this.mss = mss;
        cwnd = initialWindow();
    }

    @Override
    public final void startAfterLoss(int mss) {
        this.mss = mss;
        cwnd = mss;
    }

    @Override
    public final void resize(int mss) {
        this.mss = mss;
        cwnd = Math.max(cwnd, mss);
    }

    /** RFC 5681, section 3.1. */
    private int initialWindow() {
        int segments = mss > 2190 ? 2 : mss > 1095 ? 3 : 4;
        return segments * mss;
    }

    @Override
    public final void onAck(int acked, int flightSize, long srtt, long now) {
        if (cwnd < ssthresh) {
            slowStart(acked, flightSize);
        } else if (flightSize > cwnd - mss) {
            avoid(acked, srtt, now);
        }
    }

    // A sender that does not fill its window learns nothing about the path (RFC 7661, section 4.3).
    private void slowStart(int acked, int flightSize) {
        if (flightSize >= cwnd / 2) {
            grow(Math.min(acked, slowStartLimit * mss));
        }
        if (cwnd >= ssthresh) {
            slowStartLimit = 2;
        }
    }

    /** Congestion avoidance: one segment a window (RFC 3465, section 2.1). */
    void avoid(int acked, long srtt, long now) {
        counted += acked;
        if (counted >= cwnd) {
            counted -= cwnd;
            grow(mss);
        }
    }

    /** What is left of an amount after a loss. */
    int reduced(int flightSize) {
        return flightSize / 2;
    }

    @Override
    public void onLoss(int flightSize) {
        ssthresh = Math.max(reduced(flightSize), 2 * mss);
        cwnd = ssthresh;
        counted = 0;
    }

    @Override
    public final void onRecovered(int flightSize) {
        cwnd = Math.min(ssthresh, Math.max(flightSize, mss) + mss);
    }

    @Override
    public void onTimeout(int flightSize) {
        ssthresh = Math.max(reduced(flightSize), 2 * mss);
        onRepeatedTimeout();
    }

    @Override
    public final void onRepeatedTimeout() {
        cwnd = mss;
        counted = 0;
        slowStartLimit = 1;
    }

    @Override
    public void onIdle() {
        cwnd = Math.min(cwnd, initialWindow());
        counted = 0;
    }

    @Override
    public final void onEcn(int flightSize) {
        onLoss(flightSize);
    }

    @Override
    public final int cwnd() {
        return cwnd;
    }

    @Override
    public final int ssthresh() {
        return ssthresh;
    }

    final int mss() {
        return mss;
    }

    final void grow(int octets) {
        cwnd = Math.min(cwnd + octets, LARGEST_WINDOW);
    }
}

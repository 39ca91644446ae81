// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.control;

/**
 * CUBIC (RFC 9438) in whole numbers: windows in octets, the time since the epoch in milliseconds. C is 0.4 segments per cubic
 * second, β is 0.7.
 */
public final class Cubic extends NewReno {
    private static final long NONE = -1;
    private static final long MILLISECOND = 1_000_000;
    /** Beyond this the window has long reached its limit, and the cube still fits into 64 bits. */
    private static final long FURTHEST = 200_000;

    private long epoch = NONE;
    private int wMax;
    private int cwndPrior;
    private long k;
    private long wEst;
    private long estimateRemainder;
    private long growthRemainder;

    /** CUBIC before its first loss. */
    public Cubic() {}

    @Override
    int reduced(int flightSize) {
        return (int) (flightSize * 7L / 10);
    }

    @Override
    public void onLoss(int flightSize) {
        int before = cwnd();
        // Fast convergence (section 4.7): a window that did not get back to its last maximum leaves room for new flows.
        wMax = before < wMax ? (int) (before * 17L / 20) : before;
        cwndPrior = before;
        epoch = NONE;
        super.onLoss(flightSize);
    }

    @Override
    public void onTimeout(int flightSize) {
        cwndPrior = cwnd();
        wMax = 0;
        epoch = NONE;
        super.onTimeout(flightSize);
    }

    @Override
    public void onIdle() {
        // Time without anything to send must not count as time of growth (section 5.8).
        epoch = NONE;
        super.onIdle();
    }

    @Override
    void avoid(int acked, long srtt, long now) {
        if (epoch == NONE) {
            beginEpoch(now);
        }
        estimateReno(acked);
        long elapsed = (now - epoch) / MILLISECOND;
        if (window(elapsed) < wEst) {
            grow((int) Math.max(0, wEst - cwnd()));
        } else {
            approach(window(elapsed + srtt / MILLISECOND), acked);
        }
    }

    private void beginEpoch(long now) {
        epoch = now;
        wMax = Math.max(wMax, cwnd());
        // K in ms: the cube root of (W_max - cwnd) / (C * SMSS) s³ (section 4.2, equation 2).
        k = cubeRoot((wMax - cwnd()) * 2_500_000_000L / mss());
        wEst = cwnd();
        estimateRemainder = 0;
        growthRemainder = 0;
    }

    /** W_cubic(t) of equation 1, in octets. */
    private long window(long milliseconds) {
        long d = Math.max(-FURTHEST, Math.min(milliseconds - k, FURTHEST));
        return Math.min(d * d * d / 1000 * (4L * mss()) / 10_000_000 + wMax, LARGEST_WINDOW);
    }

    /** W_est of section 4.3: what Reno would have; α is 9/17 until it has regained what it had, then 1. */
    private void estimateReno(int acked) {
        boolean regained = wEst >= cwndPrior;
        long alpha = regained ? 17 : 9;
        long numerator = alpha * mss() * acked + estimateRemainder;
        long denominator = 17L * cwnd();
        wEst += numerator / denominator;
        estimateRemainder = numerator % denominator;
    }

    /** Sections 4.4 and 4.5: towards the target of one round trip ahead, which is at most half the window away. */
    private void approach(long target, int acked) {
        long distance = Math.max(0, Math.min(target - cwnd(), cwnd() / 2));
        long numerator = distance * acked + growthRemainder;
        growthRemainder = numerator % cwnd();
        grow((int) (numerator / cwnd()));
    }

    private static long cubeRoot(long value) {
        long root = 0;
        for (long bit = 1 << 20; bit != 0; bit >>= 1) {
            long tried = root | bit;
            if (tried * tried * tried <= value) {
                root = tried;
            }
        }
        return root;
    }
}

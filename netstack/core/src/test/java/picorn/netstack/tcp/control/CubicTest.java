// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** RFC 9438, with expected values computed in floating point from its equations. */
class CubicTest {
    private static final int MSS = 1000;
    private static final long MS = 1_000_000;

    private final Cubic cubic = new Cubic();
    private long now;

    CubicTest() {
        cubic.start(MSS);
    }

    private void growTo(int segments) {
        while (cubic.cwnd() < segments * MSS) {
            cubic.onAck(2 * MSS, cubic.cwnd(), 100 * MS, now);
        }
    }

    /** Acknowledges whole windows, one each round trip, segment by segment. */
    private void pass(long time, long rtt) {
        for (long end = now + time; now < end; ) {
            int segments = cubic.cwnd() / MSS;
            for (int i = 0; i < segments; i++) {
                now += rtt / segments;
                cubic.onAck(MSS, cubic.cwnd(), rtt, now);
            }
        }
    }

    @Test
    void lossLeavesSevenTenths() {
        growTo(100);
        cubic.onLoss(100 * MSS);
        assertThat(cubic.cwnd()).isEqualTo(70 * MSS);
        assertThat(cubic.ssthresh()).isEqualTo(70 * MSS);
    }

    @Test
    void windowIsBackAtItsMaximumAfterKSeconds() {
        growTo(1000);
        cubic.onLoss(1000 * MSS);
        double k = Math.cbrt(1000 * 0.3 / 0.4);
        pass((long) (k * 1e9), 100 * MS);
        assertThat(cubic.cwnd() / MSS).isCloseTo(1000, within(10));
    }

    @Test
    void windowFollowsTheCubicFunctionBeyondTheMaximum() {
        growTo(1000);
        cubic.onLoss(1000 * MSS);
        double k = Math.cbrt(1000 * 0.3 / 0.4);
        pass((long) ((k + 5) * 1e9), 100 * MS);
        double expected = 0.4 * 5 * 5 * 5 + 1000;
        assertThat((double) cubic.cwnd() / MSS).isCloseTo(expected, within(10.0));
    }

    @Test
    void growthIsConcaveBeforeTheMaximum() {
        growTo(1000);
        cubic.onLoss(1000 * MSS);
        pass(3_000 * MS, 100 * MS);
        int early = cubic.cwnd() - 700 * MSS;
        int before = cubic.cwnd();
        pass(3_000 * MS, 100 * MS);
        assertThat(early).isGreaterThan(2 * (cubic.cwnd() - before));
    }

    @Test
    void onShortPathsItGrowsNotSlowerThanReno() {
        growTo(20);
        cubic.onLoss(20 * MSS);
        pass(100 * MS, 1 * MS);
        // W_est: 6 segments at 9/17 a window take 12 round trips; then one segment each of the remaining 88.
        assertThat(cubic.cwnd() / MSS).isBetween(100, 112);
    }

    @Test
    void windowThatDidNotRecoverLeavesRoomForOthers() {
        growTo(1000);
        cubic.onLoss(1000 * MSS);
        cubic.onLoss(700 * MSS);
        // W_max is 700 * (1 + 0.7) / 2 = 595, cwnd 490.
        pass((long) (Math.cbrt((595 - 490) / 0.4) * 1e9), 100 * MS);
        assertThat(cubic.cwnd() / MSS).isCloseTo(595, within(8));
    }

    @Test
    void timeoutStartsOverAtOneSegmentWithSevenTenthsAsThreshold() {
        growTo(100);
        cubic.onTimeout(100 * MSS);
        assertThat(cubic.cwnd()).isEqualTo(MSS);
        assertThat(cubic.ssthresh()).isEqualTo(70 * MSS);
        growTo(70);
        pass(2_000 * MS, 100 * MS);
        // K is 0 and W_max 70: the cube is under W_est, which gains one segment in 17/9 of 20 round trips.
        assertThat(cubic.cwnd() / MSS).isBetween(79, 82);
    }

    @Test
    void growthInOneRoundTripIsHalfTheWindowAtMost() {
        growTo(10);
        cubic.onLoss(10 * MSS);
        pass(1, 100 * MS);
        now += 60_000 * MS;
        int before = cubic.cwnd();
        for (int i = 0; i < before / MSS; i++) {
            cubic.onAck(MSS, cubic.cwnd(), 100 * MS, now);
        }
        assertThat(cubic.cwnd()).isBetween(before * 13 / 10, before * 17 / 10);
    }
}

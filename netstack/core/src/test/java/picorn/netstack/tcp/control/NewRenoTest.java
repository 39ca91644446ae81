// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 5681, RFC 6582, RFC 3465. */
class NewRenoTest {
    private static final int MSS = 1000;
    private static final long RTT = 100_000_000;

    private final NewReno reno = new NewReno();

    NewRenoTest() {
        reno.start(MSS);
    }

    private void fullWindowsAcked(int acks, int each) {
        for (int i = 0; i < acks; i++) {
            reno.onAck(each, reno.cwnd(), RTT, 0);
        }
    }

    @Test
    void initialWindowIsTwoToFourSegmentsByTheirSize() {
        assertThat(initialWindow(1095)).isEqualTo(4 * 1095);
        assertThat(initialWindow(1096)).isEqualTo(3 * 1096);
        assertThat(initialWindow(2190)).isEqualTo(3 * 2190);
        assertThat(initialWindow(2191)).isEqualTo(2 * 2191);
    }

    private static int initialWindow(int mss) {
        NewReno fresh = new NewReno();
        fresh.start(mss);
        return fresh.cwnd();
    }

    @Test
    void initialWindowAfterALostSynIsOneSegment() {
        reno.startAfterLoss(MSS);
        assertThat(reno.cwnd()).isEqualTo(MSS);
    }

    @Test
    void slowStartDoublesInARoundTripWithDelayedAcks() {
        fullWindowsAcked(2, 2 * MSS);
        assertThat(reno.cwnd()).isEqualTo(8 * MSS);
    }

    @Test
    void oneAckOfManySegmentsGrowsTheWindowByTwo() {
        reno.onAck(4 * MSS, reno.cwnd(), RTT, 0);
        assertThat(reno.cwnd()).isEqualTo(6 * MSS);
    }

    @Test
    void slowStartAfterATimeoutCountsOneSegmentAnAck() {
        reno.onTimeout(20 * MSS);
        fullWindowsAcked(1, 5 * MSS);
        assertThat(reno.cwnd()).isEqualTo(2 * MSS);
    }

    @Test
    void congestionAvoidanceAddsOneSegmentAWindow() {
        reno.onLoss(20 * MSS);
        assertThat(reno.ssthresh()).isEqualTo(10 * MSS);
        assertThat(reno.cwnd()).isEqualTo(10 * MSS);
        fullWindowsAcked(9, MSS);
        assertThat(reno.cwnd()).isEqualTo(10 * MSS);
        fullWindowsAcked(1, MSS);
        assertThat(reno.cwnd()).isEqualTo(11 * MSS);
    }

    @Test
    void thresholdIsHalfTheFlightButTwoSegmentsAtLeast() {
        reno.onLoss(3 * MSS);
        assertThat(reno.ssthresh()).isEqualTo(2 * MSS);
        reno.onTimeout(9 * MSS);
        assertThat(reno.ssthresh()).isEqualTo(4500);
    }

    @Test
    void lossWindowIsOneSegmentAndTheThresholdStaysAtTheSecondTimeout() {
        reno.onTimeout(20 * MSS);
        assertThat(reno.cwnd()).isEqualTo(MSS);
        reno.onRepeatedTimeout();
        assertThat(reno.cwnd()).isEqualTo(MSS);
        assertThat(reno.ssthresh()).isEqualTo(10 * MSS);
    }

    @Test
    void recoveryEndsWithoutABurst() {
        reno.onLoss(20 * MSS);
        reno.onRecovered(2 * MSS);
        assertThat(reno.cwnd()).isEqualTo(3 * MSS);
        reno.onLoss(20 * MSS);
        reno.onRecovered(0);
        assertThat(reno.cwnd()).isEqualTo(2 * MSS);
    }

    @Test
    void windowThatIsNotFilledDoesNotGrow() {
        for (int i = 0; i < 100; i++) {
            reno.onAck(MSS, MSS, RTT, 0);
        }
        assertThat(reno.cwnd()).isEqualTo(4 * MSS);
    }

    @Test
    void idleConnectionStartsAgainWithTheInitialWindow() {
        fullWindowsAcked(20, MSS);
        reno.onIdle();
        assertThat(reno.cwnd()).isEqualTo(4 * MSS);
        reno.onTimeout(10 * MSS);
        reno.onIdle();
        assertThat(reno.cwnd())
                .as("the restart window is never larger than cwnd")
                .isEqualTo(MSS);
    }

    @Test
    void congestionExperiencedHalvesTheWindow() {
        reno.onEcn(12 * MSS);
        assertThat(reno.cwnd()).isEqualTo(6 * MSS);
        assertThat(reno.ssthresh()).isEqualTo(6 * MSS);
    }

    @Test
    void withoutCongestionControlNothingLimits() {
        NoCongestionControl.INSTANCE.onTimeout(MSS);
        assertThat(NoCongestionControl.INSTANCE.cwnd()).isEqualTo(1 << 30);
    }
}

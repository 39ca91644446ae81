// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 6298, section 2. */
class RttEstimatorTest {
    private static final long MS = 1_000_000;

    private final RttEstimator estimator = new RttEstimator();

    @Test
    void firstTimeoutIsOneSecond() {
        assertThat(estimator.rto()).isEqualTo(1000 * MS);
        assertThat(estimator.srtt()).isZero();
    }

    @Test
    void firstMeasurementGivesThreeTimesItself() {
        estimator.sample(400 * MS);
        assertThat(estimator.srtt()).isEqualTo(400 * MS);
        assertThat(estimator.rttvar()).isEqualTo(200 * MS);
        assertThat(estimator.rto()).isEqualTo(1200 * MS);
    }

    @Test
    void laterMeasurementsAreSmoothedByAnEighthAndAQuarter() {
        estimator.sample(400 * MS);
        estimator.sample(480 * MS);
        // RTTVAR = 3/4 * 200 + 1/4 * |400 - 480|, then SRTT = 7/8 * 400 + 1/8 * 480.
        assertThat(estimator.rttvar()).isEqualTo(170 * MS);
        assertThat(estimator.srtt()).isEqualTo(410 * MS);
        assertThat(estimator.rto()).isEqualTo(1090 * MS);
    }

    @Test
    void manyMeasurementsInARoundTripWeighAsOne() {
        estimator.sample(400 * MS);
        estimator.sample(480 * MS, 10);
        assertThat(estimator.srtt()).isEqualTo(401 * MS);
        assertThat(estimator.rttvar()).isEqualTo(197 * MS);
    }

    @Test
    void timeoutIsTwoHundredMillisecondsAtLeastAndAMinuteAtMost() {
        estimator.sample(1 * MS);
        assertThat(estimator.rto()).isEqualTo(200 * MS);
        for (int i = 0; i < 20; i++) {
            estimator.backOff();
        }
        assertThat(estimator.rto()).isEqualTo(60_000 * MS);
    }

    @Test
    void timeoutDoublesUntilTheNextMeasurement() {
        estimator.sample(400 * MS);
        estimator.backOff();
        estimator.backOff();
        assertThat(estimator.rto()).isEqualTo(4800 * MS);
        estimator.sample(400 * MS);
        assertThat(estimator.rto()).isEqualTo((400 + 4 * 150) * MS);
    }

    @Test
    void afterALostSynTheTimeoutIsThreeSecondsUnlessSomethingWasMeasured() {
        estimator.backOff();
        estimator.onLostSyn();
        assertThat(estimator.rto()).isEqualTo(3000 * MS);
        estimator.sample(400 * MS);
        estimator.onLostSyn();
        assertThat(estimator.rto()).isEqualTo(1200 * MS);
    }
}

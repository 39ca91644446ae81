// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picorn.netstack.context.MemoryBudget;
import picorn.netstack.context.Timed;
import picorn.netstack.tcp.control.Rack.AckKind;
import picorn.netstack.tcp.control.Rack.Recovery;

/** RFC 8985. The round trip takes 100 ms; segment n is sent at n ms. */
class RackTest {
    private static final int MSS = 1000;
    private static final long MS = 1_000_000;
    private static final long RTT = 100 * MS;

    private final Rack rack = new Rack();
    private final Scoreboard board = new Scoreboard(new MemoryBudget(4096), 64, rack);
    private int sent;

    RackTest() {
        board.reset(0);
    }

    private void send(int segments) {
        for (int i = 0; i < segments; i++) {
            sent++;
            board.add(sent * MSS, sent * MS);
        }
    }

    private long detect(long now) {
        return rack.detect(board, Recovery.NONE, RTT, now);
    }

    private void sack(int segment, long now) {
        board.sacked((segment - 1) * MSS, segment * MSS, now);
    }

    @Test
    void segmentSentBeforeOneThatArrivedIsLostAQuarterRoundTripLater() {
        send(3);
        sack(2, 102 * MS);
        // Segment 1 was sent at 1 ms: 1 + RTT + RTT / 4.
        assertThat(detect(102 * MS)).isEqualTo(126 * MS);
        assertThat(board.hasLost()).isFalse();
        assertThat(detect(126 * MS)).isEqualTo(Timed.NEVER);
        assertThat(board.nextLost()).isZero();
        assertThat(board.isWaiting(2)).as("sent later than what has arrived").isFalse();
    }

    @Test
    void withoutReorderingThreeSackedSegmentsMakeItLostAtOnce() {
        send(4);
        sack(2, 102 * MS);
        sack(3, 103 * MS);
        assertThat(detect(103 * MS)).isNotEqualTo(Timed.NEVER);
        sack(4, 104 * MS);
        assertThat(detect(104 * MS)).isEqualTo(Timed.NEVER);
        assertThat(board.nextLost()).isZero();
    }

    @Test
    void reorderingThatWasSeenKeepsTheWindowOpen() {
        send(6);
        sack(2, 102 * MS);
        sack(1, 103 * MS);
        board.acknowledged(2 * MSS, 103 * MS);
        sack(4, 104 * MS);
        sack(5, 105 * MS);
        sack(6, 106 * MS);
        assertThat(detect(106 * MS)).as("3 + 100 + 100 / 4").isEqualTo(128 * MS);
    }

    @Test
    void lostRetransmissionIsFoundByWhatWasSentAfterIt() {
        send(4);
        sack(2, 102 * MS);
        sack(3, 103 * MS);
        sack(4, 104 * MS);
        detect(104 * MS);
        board.retransmitted(0, MSS, 104 * MS);
        sent = 110;
        board.add(5 * MSS, 110 * MS);
        sack(5, 210 * MS);
        rack.detect(board, Recovery.ACTIVE, RTT, 210 * MS);
        assertThat(board.nextLost())
                .as("sent again at 104 ms, overtaken by 110 ms")
                .isZero();
    }

    @Test
    void acknowledgmentTooEarlyForTheCopyIsNotTakenForIt() {
        send(2);
        board.acknowledged(MSS, 101 * MS);
        board.retransmitted(0, 2 * MSS, 150 * MS);
        board.add(3 * MSS, 150 * MS);
        board.acknowledged(2 * MSS, 160 * MS);
        assertThat(detect(400 * MS)).isEqualTo(Timed.NEVER);
        assertThat(board.hasLost()).isFalse();
    }

    @Test
    void duplicateSackWidensTheWindowOnceARoundTripAndRecoveriesNarrowIt() {
        send(1);
        board.acknowledged(MSS, 101 * MS);
        rack.onDsack(5 * MSS);
        rack.onDsack(5 * MSS);
        assertThat(window()).isEqualTo(50 * MS);
        rack.onAck(5 * MSS);
        rack.onDsack(9 * MSS);
        assertThat(window()).isEqualTo(75 * MS);
        for (int i = 0; i < 16; i++) {
            rack.onRecovered();
        }
        assertThat(window()).isEqualTo(25 * MS);
    }

    private long window() {
        return rack.reorderingWindow(board, Recovery.NONE, RTT);
    }

    @Test
    void windowIsARoundTripAtMost() {
        send(1);
        board.acknowledged(MSS, 101 * MS);
        for (int i = 1; i < 10; i++) {
            rack.onDsack(i * MSS);
            rack.onAck(i * MSS);
        }
        assertThat(window()).isEqualTo(RTT);
    }

    @Test
    void tailIsProbedAfterTwoRoundTripsAndTheDelayOfALoneAck() {
        assertThat(rack.probeTimeout(3, RTT, 200 * MS)).isEqualTo(200 * MS);
        assertThat(rack.probeTimeout(1, RTT, 200 * MS)).isEqualTo(400 * MS);
        assertThat(rack.probeTimeout(1, 0, 200 * MS)).isEqualTo(1000 * MS);
    }

    @Test
    void probeThatRepairedALossIsCongestion() {
        rack.probedAgain(5 * MSS);
        assertThat(rack.mayProbe()).isFalse();
        assertThat(rack.probeRepairedLoss(4 * MSS, AckKind.OTHER)).isFalse();
        assertThat(rack.mayProbe()).isFalse();
        assertThat(rack.probeRepairedLoss(6 * MSS, AckKind.OTHER)).isTrue();
        assertThat(rack.mayProbe()).isTrue();
    }

    @Test
    void probeThatWasNotNeededIsNoCongestion() {
        rack.probedAgain(5 * MSS);
        assertThat(rack.probeRepairedLoss(5 * MSS, AckKind.OTHER)).isFalse();
        assertThat(rack.probeRepairedLoss(5 * MSS, AckKind.DUPLICATE))
                .as("original and copy arrived")
                .isFalse();
        assertThat(rack.mayProbe()).isTrue();
        rack.probedAgain(5 * MSS);
        assertThat(rack.probeRepairedLoss(6 * MSS, AckKind.DSACK)).isFalse();
        rack.probedWithNewData(7 * MSS);
        assertThat(rack.probeRepairedLoss(7 * MSS, AckKind.OTHER)).isFalse();
        assertThat(rack.mayProbe()).isTrue();
    }
}

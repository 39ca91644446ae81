// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import picorn.netstack.context.MemoryBudget;

/** RFC 2018, RFC 6675, RFC 6582. Sequence numbers begin shortly before they wrap. */
class ScoreboardTest {
    private static final int MSS = 1000;
    private static final int ISS = -3500;

    private final MemoryBudget budget = new MemoryBudget(4096);
    private final List<Integer> delivered = new ArrayList<>();
    private final Scoreboard board =
            new Scoreboard(budget, 1024, (sentAt, end, retransmitted, now) -> delivered.add((end - ISS) / MSS));
    private int sent;

    ScoreboardTest() {
        board.reset(ISS);
    }

    /** Sends segments; segment n ends at n * MSS and is sent at time n. */
    private void send(int segments) {
        for (int i = 0; i < segments; i++) {
            sent++;
            assertThat(board.add(at(sent), sent)).isTrue();
        }
    }

    private static int at(int segments) {
        return ISS + segments * MSS;
    }

    private int sack(int from, int to) {
        return board.sacked(at(from), at(to), 100);
    }

    @Test
    void cumulativeAcknowledgmentRemovesSegments() {
        send(5);
        assertThat(board.flightSize()).isEqualTo(5 * MSS);
        board.acknowledged(at(3), 100);
        assertThat(board.size()).isEqualTo(2);
        assertThat(board.flightSize()).isEqualTo(2 * MSS);
        assertThat(board.pipe()).isEqualTo(2 * MSS);
        assertThat(delivered).containsExactly(1, 2, 3);
    }

    @Test
    void acknowledgmentWithinASegmentLeavesItsRest() {
        send(2);
        board.acknowledged(at(0) + 400, 100);
        assertThat(board.size()).isEqualTo(2);
        assertThat(board.start(0)).isEqualTo(at(0) + 400);
        assertThat(board.pipe()).isEqualTo(2 * MSS - 400);
    }

    @Test
    void segmentIsLostWhenThreeDiscontiguousBlocksAreAboveIt() {
        send(10);
        sack(1, 2);
        sack(3, 4);
        assertThat(board.detectLoss(3, MSS)).isFalse();
        sack(5, 6);
        assertThat(board.detectLoss(3, MSS)).isTrue();
        assertThat(board.nextLost()).isZero();
        assertThat(board.isWaiting(2)).as("only two blocks above").isFalse();
    }

    @Test
    void segmentIsLostWhenMoreThanTwoSegmentsAboveItAreSacked() {
        send(10);
        sack(1, 3);
        assertThat(board.detectLoss(3, MSS)).as("exactly two segments").isFalse();
        sack(3, 4);
        assertThat(board.detectLoss(3, MSS)).isTrue();
        assertThat(board.detectLoss(3, MSS)).as("nothing new").isFalse();
    }

    @Test
    void pipeIsWhatIsNeitherSackedNorLostAndWhatWasSentAgain() {
        send(10);
        sack(2, 6);
        assertThat(board.pipe()).isEqualTo(6 * MSS);
        board.detectLoss(3, MSS);
        assertThat(board.pipe()).isEqualTo(4 * MSS);
        board.retransmitted(board.nextLost(), at(1), 50);
        assertThat(board.pipe()).isEqualTo(5 * MSS);
        assertThat(board.nextLost()).isEqualTo(1);
    }

    @Test
    void segmentSentAgainWithoutBeingLostCountsTwice() {
        send(2);
        board.retransmitted(1, at(2), 50);
        assertThat(board.pipe()).isEqualTo(3 * MSS);
        assertThat(board.isPlain()).isFalse();
    }

    @Test
    void nextSegmentsFollowTheRulesOfNextSeg() {
        send(8);
        sack(1, 4);
        sack(6, 7);
        board.detectLoss(3, MSS);
        assertThat(board.nextLost()).as("rule 1").isZero();
        board.retransmitted(0, at(1), 50);
        assertThat(board.nextLost()).isEqualTo(Scoreboard.NONE);
        assertThat(board.nextHole()).as("rule 3").isEqualTo(4);
        board.retransmitted(4, at(5), 50);
        board.retransmitted(5, at(6), 50);
        assertThat(board.nextHole()).isEqualTo(Scoreboard.NONE);
        assertThat(board.last()).as("rule 4").isEqualTo(7);
    }

    @Test
    void blocksOutsideWhatIsOutstandingChangeNothing() {
        send(4);
        board.acknowledged(at(1), 100);
        assertThat(board.sacked(at(0), at(3), 100)).as("left of SND.UNA").isZero();
        assertThat(board.sacked(at(3), at(5), 100)).as("beyond SND.NXT").isZero();
        assertThat(board.sacked(at(3), at(3), 100)).as("empty").isZero();
        assertThat(board.sacked(at(3), at(2), 100)).as("turned around").isZero();
        assertThat(board.sacked(at(2) + 1, at(4) - 1, 100))
                .as("no whole segment")
                .isZero();
        assertThat(board.sacked(at(2), at(4), 100)).isEqualTo(2 * MSS);
        assertThat(board.sacked(at(2), at(4), 100)).as("again").isZero();
    }

    @Test
    void timeoutMakesEverythingLostThatIsNotSacked() {
        send(4);
        sack(1, 2);
        board.timedOut();
        assertThat(board.pipe()).isZero();
        assertThat(board.nextLost()).isZero();
        board.retransmitted(0, at(1), 50);
        assertThat(board.nextLost()).isEqualTo(2);
        assertThat(board.isSacked(1)).isTrue();
    }

    @Test
    void receiverThatDropsWhatItHadSackedIsBelievedNoLonger() {
        send(4);
        sack(1, 4);
        board.acknowledged(at(1), 100);
        board.timedOut();
        assertThat(board.sackedSegments()).isZero();
        assertThat(board.nextLost()).isZero();
        assertThat(board.flightSize()).isEqualTo(3 * MSS);
        assertThat(board.pipe()).isZero();
    }

    @Test
    void duplicatesWithoutSackCountAsSegmentsThatHaveLeft() {
        send(6);
        for (int i = 0; i < 3; i++) {
            board.duplicate(MSS);
        }
        assertThat(board.pipe()).isEqualTo(3 * MSS);
        board.firstLost();
        board.retransmitted(board.nextLost(), at(1), 50);
        assertThat(board.pipe()).isEqualTo(3 * MSS);
        // A partial acknowledgment of two segments: the one sent again, and one of the three that had caused
        // duplicates.
        board.acknowledged(at(2), 100);
        assertThat(board.firstLost()).isTrue();
        assertThat(board.flightSize()).isEqualTo(4 * MSS);
    }

    @Test
    void duplicatesAreNeverMoreThanTheSegmentsThatCanHaveCausedThem() {
        send(3);
        for (int i = 0; i < 100; i++) {
            board.duplicate(MSS);
        }
        assertThat(board.duplicates()).isEqualTo(2);
        assertThat(board.pipe()).isEqualTo(MSS);
    }

    @Test
    void roundTripIsMeasuredOfSegmentsSentOnceOnly() {
        send(3);
        board.retransmitted(2, at(3), 50);
        board.acknowledged(at(2), 100);
        assertThat(board.measuredRtt(100)).as("segment 2, sent at 2").isEqualTo(98);
        board.acknowledged(at(3), 110);
        assertThat(board.measuredRtt(110)).as("Karn").isEqualTo(Scoreboard.NONE);
    }

    @Test
    void partOfASegmentCanBeSentAgain() {
        send(2);
        board.firstLost();
        board.retransmitted(0, at(0) + 300, 50);
        assertThat(board.size()).isEqualTo(3);
        assertThat(board.nextLost()).isEqualTo(1);
        assertThat(board.start(1)).isEqualTo(at(0) + 300);
        assertThat(board.pipe()).isEqualTo(300 + MSS);
    }

    @Test
    void withoutMemoryItRefusesUntilAcknowledgmentsMakeRoom() {
        MemoryBudget small = new MemoryBudget(100);
        Scoreboard tiny = new Scoreboard(small, 1024, Deliveries.IGNORED);
        tiny.reset(0);
        for (int i = 1; i <= 4; i++) {
            assertThat(tiny.add(i, 0)).isTrue();
        }
        assertThat(tiny.add(5, 0)).isFalse();
        assertThat(tiny.flightSize()).isEqualTo(4);
        tiny.acknowledged(1, 0);
        assertThat(tiny.add(5, 0)).isTrue();
        tiny.close();
        assertThat(small.used()).isZero();
    }

    @Test
    void idleScoreboardTakesAHundredOctets() {
        send(100);
        assertThat(budget.used()).isGreaterThan(100 * 13 - Scoreboard.LEAST_MEMORY);
        board.acknowledged(at(100), 200);
        board.shrink();
        assertThat(budget.used()).isZero();
        assertThat(Scoreboard.LEAST_MEMORY).isEqualTo(100);
        send(1);
        assertThat(board.flightSize()).isEqualTo(MSS);
    }

    /** Every sum that it keeps is what counting anew gives, whatever happens in whatever order. */
    @Test
    void sumsAreWhatCountingGives() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Scoreboard any = new Scoreboard(new MemoryBudget(2000), 64, Deliveries.IGNORED);
            any.reset(-50_000);
            for (int step = 0; step < 300; step++) {
                change(any, random);
                assertThat(any.pipe()).as("pipe, seed %d, step %d", seed, step).isEqualTo(countedPipe(any));
                assertThat(any.sackedOctets())
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(countedSacked(any));
                assertThat(any.hasLost())
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(any.nextLost() != Scoreboard.NONE);
            }
        }
    }

    private static void change(Scoreboard board, SplittableRandom random) {
        int end = board.end(board.size() - 1);
        int left = board.end(-1) + random.nextInt(board.flightSize() + 1);
        int right = left + random.nextInt(end - left + 1);
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> board.add(end + 1 + random.nextInt(1500), 0);
            case 3 -> board.acknowledged(left, 0);
            case 4 -> board.sacked(left, right, 0);
            case 5 -> board.detectLoss(3, 500);
            case 6 -> board.firstLost();
            case 7 -> {
                if (random.nextInt(20) == 0) {
                    board.timedOut();
                }
            }
            default -> {
                int lost = board.nextLost();
                if (lost != Scoreboard.NONE) {
                    board.retransmitted(
                            lost, board.start(lost) + 1 + random.nextInt(board.end(lost) - board.start(lost)), 0);
                }
            }
        }
    }

    private static int countedPipe(Scoreboard board) {
        int pipe = 0;
        for (int i = 0; i < board.size(); i++) {
            pipe += !board.isSacked(i) && !board.isWaiting(i) ? board.end(i) - board.start(i) : 0;
        }
        return pipe;
    }

    private static int countedSacked(Scoreboard board) {
        int octets = 0;
        for (int i = 0; i < board.size(); i++) {
            octets += board.isSacked(i) ? board.end(i) - board.start(i) : 0;
        }
        return octets;
    }
}

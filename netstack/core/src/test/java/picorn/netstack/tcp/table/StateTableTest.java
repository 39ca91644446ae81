// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import picorn.netstack.tcp.TcpState;
import picorn.netstack.tcp.table.Outcome.Reply;
import picorn.netstack.tcp.table.Situation.Opened;
import picorn.netstack.testing.script.Tcp4;

/**
 * Every state, with every combination of control bits, every position of sequence and acknowledgment number, with and without
 * data: the stack does what the text of RFC 9293, section 3.10.7 says.
 */
class StateTableTest {
    private static final int ALL_FLAGS = 64;
    private static final int DATA = 10;
    private static final int SHOWN = Integer.getInteger("picorn.table.shown", 12);

    @TestFactory
    Stream<DynamicTest> everySegmentInEveryState() {
        return Stream.concat(
                Stream.of(TcpState.values()).map(state -> test(state, Opened.PASSIVELY)),
                Stream.of(TcpState.SYN_RECEIVED, TcpState.ESTABLISHED, TcpState.TIME_WAIT)
                        .map(state -> test(state, Opened.ACTIVELY)));
    }

    private static DynamicTest test(TcpState state, Opened opened) {
        return DynamicTest.dynamicTest(state + " " + opened, () -> everySegmentIn(state, opened));
    }

    private static void everySegmentIn(TcpState state, Opened opened) {
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        Situation model = new Rig().bring(state, opened);
        for (int seq : sequencePositions(model)) {
            for (int ack : acknowledgmentPositions(model)) {
                for (int flags = 0; flags < ALL_FLAGS; flags++) {
                    for (int data = 0; data <= DATA; data += DATA) {
                        tryOne(state, opened, new Segment(flags, seq, ack, data), wrong);
                        cases++;
                    }
                }
            }
        }
        assertThat(cases).isGreaterThan(2000);
        assertThat(wrong.stream().limit(SHOWN))
                .as("%d of %d cases in %s", wrong.size(), cases, state)
                .isEmpty();
    }

    /** Far before, one before, at RCV.NXT, within, over the right edge, beyond, half the number space away. */
    private static Set<Integer> sequencePositions(Situation s) {
        int end = s.rcv() + s.window();
        return new TreeSet<>(
                List.of(s.rcv() - 5000, s.rcv() - 1, s.rcv(), s.rcv() + 100, end - 5, end, s.rcv() + 1_000_000_000));
    }

    /** Too old, old, at SND.UNA, within, one before SND.NXT, at SND.NXT, never sent, far beyond. */
    private static Set<Integer> acknowledgmentPositions(Situation s) {
        int within = (s.una() + s.nxt()) / 2;
        Set<Integer> positions = new TreeSet<>(List.of(s.una() - 100_000, s.una() - 10, s.una(), within));
        positions.addAll(List.of(s.nxt() - 1, s.nxt(), s.nxt() + 1, s.nxt() + 1_000_000_000));
        return positions;
    }

    private static void tryOne(TcpState state, Opened opened, Segment segment, List<String> wrong) {
        Rig rig = new Rig();
        Situation situation = rig.bring(state, opened);
        List<Outcome> allowed = SegmentArrives.at(situation, segment);
        rig.give(segment);
        List<Tcp4> sent = rig.drain();
        boolean soon = sent.isEmpty() && allowed.stream().anyMatch(outcome -> outcome.reply() == Reply.ACK_SOON);
        rig.accepted();
        TcpState after = rig.state();
        List<Tcp4> later = soon ? rig.drainAfter(500_000_000) : sent;
        if (allowed.stream().noneMatch(outcome -> agrees(outcome, after, later, rig, situation))) {
            wrong.add(segment + " -> " + after + " " + text(later, rig) + ", should be " + allowed);
        }
    }

    private static boolean agrees(Outcome outcome, TcpState after, List<Tcp4> sent, Rig rig, Situation before) {
        return stateAgrees(outcome.state(), after, before) && replyAgrees(outcome, sent, rig);
    }

    // A connection that was never accepted shows no state of its own until it is established.
    private static boolean stateAgrees(TcpState should, TcpState is, Situation before) {
        boolean hidden = before.state() == TcpState.SYN_RECEIVED && before.opened() == Opened.PASSIVELY;
        boolean neverShown = should == TcpState.SYN_RECEIVED || should == TcpState.CLOSED;
        return should == is || hidden && neverShown && is == TcpState.LISTEN;
    }

    private static boolean replyAgrees(Outcome outcome, List<Tcp4> sent, Rig rig) {
        if (outcome.reply() == Reply.NOTHING || sent.isEmpty()) {
            return outcome.reply() == Reply.NOTHING && sent.isEmpty();
        }
        Tcp4 first = sent.get(0);
        int flags = first.flags() & ~Tcp4.PSH;
        return switch (outcome.reply()) {
            case ACK -> flags == Tcp4.ACK && numbersAgree(outcome, first, rig) && sent.size() == 1;
                // The acknowledgment may ride on a retransmission.
            case ACK_SOON -> sent.stream().anyMatch(s -> s.has(Tcp4.ACK) && rig.relativeAck(s) == outcome.ack());
            case RST -> flags == Tcp4.RST && rig.relativeSeq(first) == outcome.seq() && sent.size() == 1;
            case RST_ACK -> flags == (Tcp4.RST | Tcp4.ACK)
                    && first.seq() == 0
                    && rig.relativeAck(first) == outcome.ack();
            case SYN_ACK -> flags == (Tcp4.SYN | Tcp4.ACK) && rig.relativeAck(first) == outcome.ack();
            default -> false;
        };
    }

    private static boolean numbersAgree(Outcome outcome, Tcp4 segment, Rig rig) {
        return rig.relativeSeq(segment) == outcome.seq() && rig.relativeAck(segment) == outcome.ack();
    }

    private static String text(List<Tcp4> sent, Rig rig) {
        List<String> texts = new ArrayList<>();
        sent.forEach(
                s -> texts.add(Tcp4.letters(s.flags()) + " seq " + rig.relativeSeq(s) + " ack " + rig.relativeAck(s)));
        return texts.toString();
    }
}

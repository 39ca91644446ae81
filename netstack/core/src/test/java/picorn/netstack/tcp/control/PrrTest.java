// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 6937, section 3, with its two examples. */
class PrrTest {
    private static final int MSS = 1000;

    private final Prr prr = new Prr();

    /** Sends as the window allows at each of the acknowledgments; how many segments each time. */
    private List<Integer> sentAt(int acks, int lost, int flight, int ssthresh) {
        List<Integer> sent = new ArrayList<>();
        int pipe = (flight - lost) * MSS;
        prr.start(flight * MSS);
        for (int i = 0; i < acks; i++) {
            pipe -= MSS;
            int segments = (prr.window(MSS, pipe, ssthresh * MSS, MSS) - pipe) / MSS;
            sent.add(segments);
            prr.onSent(segments * MSS);
            pipe += segments * MSS;
        }
        return sent;
    }

    @Test
    void oneLossOfTwentySendsOnEverySecondAck() {
        List<Integer> sent = sentAt(19, 1, 20, 10);
        assertThat(sent).containsOnly(0, 1);
        assertThat(sent.stream().mapToInt(Integer::intValue).sum()).isEqualTo(10);
        // Half a segment may be sent for each that arrives: a whole one every second time.
        assertThat(sent.subList(0, 6)).containsExactly(0, 1, 0, 1, 0, 1);
    }

    @Test
    void manyLossesAreMadeUpForInSlowStart() {
        // 20 sent, 15 lost: pipe 5 is below ssthresh 10, so each acknowledgment sends what it delivers and one more.
        List<Integer> sent = sentAt(5, 15, 20, 10);
        assertThat(sent).containsExactly(2, 2, 2, 2, 2);
    }

    @Test
    void pipeNeverExceedsTheThresholdInSlowStart() {
        assertThat(sentAt(12, 15, 20, 10).stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(12 + 5);
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.netstack.context.Timed;
import picorn.netstack.testing.Recorder;

class ImpairmentTest {
    private static final long MS = 1_000_000;
    private static final int FRAMES = 10_000;

    private final Recorder out = new Recorder();

    private Impairment impairment(String description) {
        return new Impairment(ImpairmentConfig.parse(description), 7, out);
    }

    /** Sends numbered frames of 100 octets, one each 100 µs. */
    private static void send(Impairment through, int frames) {
        for (int i = 0; i < frames; i++) {
            byte[] frame = new byte[100];
            frame[0] = (byte) (i >> 8);
            frame[1] = (byte) i;
            long now = i * MS / 10;
            through.receive(frame, 0, frame.length, now);
            through.poll(now);
        }
        through.poll(Timed.NEVER - 1);
    }

    private List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        out.frames().forEach(frame -> numbers.add((frame[0] & 0xFF) << 8 | frame[1] & 0xFF));
        return numbers;
    }

    @Test
    void withoutImpairmentFramesPassInOrder() {
        Impairment none = impairment("");
        send(none, 300);
        assertThat(numbers()).hasSize(300).isSorted().doesNotHaveDuplicates();
        assertThat(out.times().get(10)).isEqualTo(MS + 1);
        assertThat(none.deadline()).isEqualTo(Timed.NEVER);
    }

    @Test
    void framesAreLostAsOftenAsAsked() {
        Impairment lossy = impairment("loss=10%");
        send(lossy, FRAMES);
        assertThat(lossy.lost()).isBetween(900L, 1100L);
        assertThat(out.frames()).hasSize((int) (FRAMES - lossy.lost()));
    }

    @Test
    void sameSeedSameFrames() {
        send(impairment("loss=10%,duplicate=5%,reorder=5%,delay=1ms,jitter=1ms,corrupt=1%"), 1000);
        List<Integer> first = numbers();
        List<Long> times = List.copyOf(out.times());
        out.clear();
        send(impairment("loss=10%,duplicate=5%,reorder=5%,delay=1ms,jitter=1ms,corrupt=1%"), 1000);
        assertThat(numbers()).isEqualTo(first);
        assertThat(out.times()).isEqualTo(times);
    }

    @Test
    void duplicatesArriveTwice() {
        Impairment doubling = impairment("duplicate=100%");
        send(doubling, 100);
        assertThat(out.frames()).hasSize(200);
        assertThat(numbers()).isSorted();
    }

    @Test
    void delayIsAddedAndJitterKeepsTheOrder() {
        send(impairment("delay=20ms,jitter=5ms"), 300);
        assertThat(numbers()).hasSize(300).isSorted();
        assertThat(out.times().get(0)).isBetween(15 * MS, 25 * MS);
        assertThat(out.times()).isSorted();
        assertThat(out.times().stream().distinct().count()).isGreaterThan(20);
    }

    @Test
    void framesHeldBackAreOvertaken() {
        Impairment holding = impairment("delay=20ms,reorder=5%");
        send(holding, 2000);
        assertThat(holding.reordered()).isBetween(60L, 140L);
        assertThat(numbers()).hasSize(2000);
        assertThat(out.times()).isSorted();
        int inversions = 0;
        for (int i = 1; i < 2000; i++) {
            inversions += numbers().get(i) < numbers().get(i - 1) ? 1 : 0;
        }
        assertThat(inversions).isBetween(50, 140);
    }

    @Test
    void framesFollowEachOtherAtTheRate() {
        Impairment slow = impairment("rate=1M");
        for (int i = 0; i < 3; i++) {
            slow.receive(new byte[1000], 0, 1000, 0);
        }
        slow.poll(MS * 100);
        assertThat(out.times()).containsExactly(8 * MS + 1, 16 * MS + 1, 24 * MS + 1);
    }

    @Test
    void oneBitOfACorruptedFrameIsTurnedOver() {
        Impairment corrupting = impairment("corrupt=100%");
        corrupting.receive(new byte[100], 0, 100, 0);
        corrupting.poll(10);
        int bits = 0;
        for (byte octet : out.frames().get(0)) {
            bits += Integer.bitCount(octet & 0xFF);
        }
        assertThat(bits).isEqualTo(1);
        assertThat(corrupting.corrupted()).isEqualTo(1);
    }

    @Test
    void framesBeyondTheLimitAreDroppedAndCounted() {
        Impairment small = impairment("delay=1s,limit=5");
        send(small, 8);
        assertThat(small.overflowed()).isEqualTo(3);
        assertThat(numbers()).containsExactly(0, 1, 2, 3, 4);
        send(small, 1);
        assertThat(out.frames()).hasSize(6);
    }

    @Test
    void answerSentFromWithinADeliveryIsCarried() {
        Impairment[] echo = new Impairment[1];
        List<Long> times = new ArrayList<>();
        echo[0] = new Impairment(ImpairmentConfig.parse("delay=1ms,limit=1"), 1, (frame, offset, length, now) -> {
            times.add(now);
            if (times.size() < 3) {
                echo[0].receive(frame, offset, length, now);
            }
        });
        echo[0].receive(new byte[60], 0, 60, 0);
        echo[0].poll(10 * MS);
        assertThat(times).containsExactly(MS, 2 * MS, 3 * MS);
    }

    @Test
    void descriptionNamesEveryImpairment() {
        assertThat(ImpairmentConfig.parse(
                        "loss=1%,delay=20ms,reorder=5%,duplicate=0.5%,rate=10M,jitter=3us,corrupt=100%,limit=50"))
                .isEqualTo(new ImpairmentConfig(10_000, 5_000, 50_000, 1_000_000, 20 * MS, 3_000, 10_000_000, 50));
        assertThat(ImpairmentConfig.parse("")).isEqualTo(ImpairmentConfig.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loss          | write key=value",
                "loss=1        | write a share of 0% to 100%, for example 1.5%",
                "loss=101%     | write a share of 0% to 100%, for example 1.5%",
                "delay=1s,x=1  | the keys are loss, duplicate",
                "delay=20      | write a time in ns, us, ms or s, for example 20ms",
                "rate=fast     | write bits in a second",
                "limit=0       | write a number of frames",
                "loss=1%,      | write key=value",
                "delay=99999999999s | write a time"
            })
    void whatIsWrongIsSaidInOneLine(String text, String mend) {
        assertThatThrownBy(() -> ImpairmentConfig.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("impairment \"" + text + "\": ")
                .hasMessageContaining(mend)
                .hasMessageNotContaining("\n");
    }
}

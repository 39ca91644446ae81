// SPDX-License-Identifier: MIT
package picorn.netstack.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picorn.netstack.context.Timed;
import picorn.netstack.testing.Recorder;

class WireTest {
    private static final byte[] FRAME = new byte[1514];
    /** 60 octets of frame, 24 of preamble, check sequence and gap, 80 ns each at 100 Mbit/s. */
    private static final long SHORT_TIME = (60 + 24) * 80;

    private static final long LATENCY = 1000;

    private final Wire wire = new Wire();
    private final Recorder atA = new Recorder();
    private final Recorder atB = new Recorder();

    WireTest() {
        wire.a().connect(atA);
        wire.b().connect(atB);
    }

    @Test
    void frameArrivesAfterItsSerializationAndTheLatency() {
        wire.a().receive(FRAME, 0, 60, 5_000);
        long due = 5_000 + SHORT_TIME + LATENCY;
        assertThat(wire.deadline()).isEqualTo(due);
        assertThat(wire.poll(due - 1)).isEqualTo(due);
        assertThat(atB.frames()).isEmpty();
        assertThat(wire.poll(due)).isEqualTo(Timed.NEVER);
        assertThat(atB.times()).containsExactly(due);
        assertThat(atA.frames()).isEmpty();
    }

    @Test
    void framesOfOneDirectionQueueBehindEachOther() {
        wire.a().receive(FRAME, 0, 60, 0);
        wire.a().receive(FRAME, 0, 1514, 0);
        wire.b().receive(FRAME, 0, 60, 0);
        wire.poll(1_000_000);
        long longTime = (1514 + 24) * 80;
        assertThat(atB.times()).containsExactly(SHORT_TIME + LATENCY, SHORT_TIME + longTime + LATENCY);
        assertThat(atA.times()).containsExactly(SHORT_TIME + LATENCY);
    }

    @Test
    void idleWireStartsAfresh() {
        wire.a().receive(FRAME, 0, 60, 0);
        wire.a().receive(FRAME, 0, 60, 1_000_000);
        wire.poll(2_000_000);
        assertThat(atB.times()).containsExactly(SHORT_TIME + LATENCY, 1_000_000 + SHORT_TIME + LATENCY);
    }

    @Test
    void frameIsCopiedSinceTheSenderLendsIt() {
        byte[] frame = new byte[100];
        frame[10] = 42;
        wire.a().receive(frame, 10, 60, 0);
        frame[10] = 43;
        wire.poll(1_000_000);
        assertThat(atB.frames().get(0)).hasSize(60).startsWith(42);
    }

    @Test
    void fullWireDropsAndCountsAndRecovers() {
        Wire small = new Wire(WireTiming.FAST_ETHERNET, 2);
        small.b().connect(atB);
        for (int i = 0; i < 3; i++) {
            small.a().receive(FRAME, 0, 60, 0);
        }
        assertThat(small.a().frames()).isEqualTo(2);
        assertThat(small.a().octets()).isEqualTo(120);
        assertThat(small.a().dropped()).isEqualTo(1);
        small.poll(SHORT_TIME + LATENCY);
        small.a().receive(FRAME, 0, 60, SHORT_TIME + LATENCY);
        assertThat(small.a().dropped()).isEqualTo(1);
        small.poll(1_000_000);
        assertThat(atB.frames()).hasSize(3);
    }

    @Test
    void frameTooLongForAnyEthernetIsDropped() {
        wire.b().receive(new byte[2049], 0, 2049, 0);
        assertThat(wire.b().dropped()).isEqualTo(1);
        assertThat(wire.deadline()).isEqualTo(Timed.NEVER);
    }

    @Test
    void answerSentFromWithinADeliveryIsCarried() {
        wire.b().connect((frame, offset, length, now) -> {
            wire.b().receive(frame, offset, length, now);
            wire.poll(now);
        });
        wire.a().receive(FRAME, 0, 60, 0);
        wire.poll(2 * (SHORT_TIME + LATENCY));
        assertThat(atA.times()).containsExactly(2 * (SHORT_TIME + LATENCY));
    }

    @Test
    void receiverThatThrowsDoesNotGetTheFrameAgain() {
        wire.b().connect((frame, offset, length, now) -> {
            throw new IllegalStateException("broken MAC");
        });
        wire.a().receive(FRAME, 0, 60, 0);
        assertThatThrownBy(() -> wire.poll(1_000_000)).hasMessage("broken MAC");
        assertThat(wire.poll(1_000_000)).isEqualTo(Timed.NEVER);
    }

    @Test
    void tapSeesFramesWhenTheyAreSent() {
        List<String> seen = new ArrayList<>();
        wire.tap((direction, frame, offset, length, now) -> seen.add(direction + " " + length + " " + now));
        wire.a().receive(FRAME, 0, 60, 7);
        wire.b().receive(FRAME, 0, 61, 8);
        assertThat(seen).containsExactly("A_TO_B 60 7", "B_TO_A 61 8");
    }

    @Test
    void rateIsRoundedUpToWholeNanoseconds() {
        assertThat(new WireTiming(10_000_000, 1).serialization(60)).isEqualTo(84 * 800);
        assertThat(new WireTiming(3_000_000_000L, 1).serialization(60)).isEqualTo(224);
        assertThat(new WireTiming(100_000_000, 1).serialization(14)).isEqualTo(84 * 80);
        assertThatThrownBy(() -> new WireTiming(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WireTiming(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}

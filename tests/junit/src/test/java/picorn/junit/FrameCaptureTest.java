// SPDX-License-Identifier: MIT
package picorn.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picorn.netstack.link.Direction;

/** What is kept of a cable's frames. */
class FrameCaptureTest {
    private static final int FRAME = 60;

    private static FrameCapture capture(int limit, int frames) {
        FrameCapture capture = new FrameCapture(limit);
        for (int i = 0; i < frames; i++) {
            capture.sent(Direction.A_TO_B, new byte[FRAME], 0, FRAME, i);
        }
        return capture;
    }

    @Test
    void framesBeyondTheLimitAreCountedAndTheFileStaysWhole() {
        FrameCapture three = capture(1 << 20, 3);
        assertThat(three.cut()).isZero();
        FrameCapture limited = capture(three.toPcapng().length, 10);
        assertThat(limited.cut()).isPositive().isLessThan(10);
        int kept = 10 - (int) limited.cut();
        assertThat(limited.toPcapng()).isEqualTo(capture(1 << 20, kept).toPcapng());
        assertThat(limited.toPcapng().length).isLessThanOrEqualTo(three.toPcapng().length);
    }
}

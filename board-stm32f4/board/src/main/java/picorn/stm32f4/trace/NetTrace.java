// SPDX-License-Identifier: MIT
package picorn.stm32f4.trace;

import picorn.emulator.trace.TraceText;
import picorn.netstack.capture.FrameText;
import picorn.netstack.link.Direction;
import picorn.netstack.link.FrameTap;

/** Writes down frames as they are put on the cable; those that an impairment of the cable loses are among them. */
final class NetTrace implements FrameTap {
    private static final String KIND = "net";

    private final TraceText out;

    NetTrace(TraceText out) {
        this.out = out;
    }

    @Override
    public void sent(Direction direction, byte[] frame, int offset, int length, long now) {
        out.line(KIND).text(direction == Direction.A_TO_B ? "out " : "in  ");
        out.text(FrameText.of(frame, offset, length)).end();
    }
}

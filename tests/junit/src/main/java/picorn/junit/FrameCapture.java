// SPDX-License-Identifier: MIT
package picorn.junit;

import java.io.ByteArrayOutputStream;
import picorn.netstack.capture.PcapngWriter;
import picorn.netstack.link.Direction;
import picorn.netstack.link.FrameTap;

/** The frames of a cable as a pcapng file in memory, up to a limit; what comes after that is counted. */
final class FrameCapture implements FrameTap {
    /** An enhanced packet block's octets beside the frame's and their padding, with its options. */
    private static final int OVERHEAD = 64;

    private final int limit;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private final PcapngWriter writer = new PcapngWriter(octets);
    private long cut;

    FrameCapture(int limit) {
        this.limit = limit;
    }

    @Override
    public void sent(Direction direction, byte[] frame, int offset, int length, long now) {
        if (cut > 0 || octets.size() + length + OVERHEAD > limit) {
            cut++;
        } else {
            writer.sent(direction, frame, offset, length, now);
        }
    }

    byte[] toPcapng() {
        return octets.toByteArray();
    }

    /** Frames that were sent, but not kept. */
    long cut() {
        return cut;
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picorn.netstack.link.FrameReceiver;
import picorn.netstack.octets.Octets;

/** Keeps the frames it is given, and when it was given them. */
public final class Recorder implements FrameReceiver {
    private final List<byte[]> frames = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();

    private long[] count = {};

    /** Counts from now on, and keeps nothing. */
    public void counting(long[] into) {
        count = into;
    }

    @Override
    public void receive(byte[] frame, int offset, int length, long now) {
        if (count.length > 0) {
            count[0]++;
            return;
        }
        frames.add(Arrays.copyOfRange(frame, offset, offset + length));
        times.add(now);
    }

    public List<byte[]> frames() {
        return frames;
    }

    public List<Long> times() {
        return times;
    }

    public Octets last() {
        return Octets.over(frames.get(frames.size() - 1));
    }

    public void clear() {
        frames.clear();
        times.clear();
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.link;

import picorn.netstack.context.Timed;

/** One direction of a wire: a bounded queue of frames that follow each other at the wire's rate. */
final class Lane implements FrameReceiver {
    private static final FrameReceiver NOBODY = (frame, offset, length, now) -> {};

    private final WireTiming timing;
    private final FrameReceiver tap;
    private final byte[][] frames;
    private final int[] lengths;
    private final long[] due;
    private int head;
    private int queued;
    private long idleAt;
    private FrameReceiver receiver = NOBODY;
    private long sentFrames;
    private long sentOctets;
    private long dropped;

    Lane(WireTiming timing, int depth, int largestFrame, FrameReceiver tap) {
        this.timing = timing;
        this.tap = tap;
        frames = new byte[depth][largestFrame];
        lengths = new int[depth];
        due = new long[depth];
    }

    @Override
    public void receive(byte[] frame, int offset, int length, long now) {
        if (queued == frames.length || length > frames[0].length) {
            dropped++;
            return;
        }
        sentFrames++;
        sentOctets += length;
        int slot = (head + queued) % frames.length;
        System.arraycopy(frame, offset, frames[slot], 0, length);
        lengths[slot] = length;
        idleAt = Math.max(idleAt, now) + timing.serialization(length);
        due[slot] = idleAt + timing.latency();
        queued++;
        tap.receive(frame, offset, length, now);
    }

    void deliverTo(FrameReceiver receiver) {
        this.receiver = receiver;
    }

    long deadline() {
        return queued == 0 ? Timed.NEVER : due[head];
    }

    void deliver() {
        int slot = head;
        try {
            receiver.receive(frames[slot], 0, lengths[slot], due[slot]);
        } finally {
            head = (slot + 1) % frames.length;
            queued--;
        }
    }

    long sentFrames() {
        return sentFrames;
    }

    long sentOctets() {
        return sentOctets;
    }

    long dropped() {
        return dropped;
    }
}

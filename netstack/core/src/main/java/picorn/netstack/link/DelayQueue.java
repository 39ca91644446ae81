// SPDX-License-Identifier: MIT
package picorn.netstack.link;

import picorn.netstack.context.Timed;

/** Copies of frames ordered by when they are due; room for them is made once and used again. */
final class DelayQueue {
    private static final int LARGEST_FRAME = 2048;

    private final byte[][] frames;
    private final int[] lengths;
    private final long[] due;
    private final byte[][] spare;
    private int spares;
    private int head;
    private int queued;

    DelayQueue(int limit) {
        frames = new byte[limit][];
        lengths = new int[limit];
        due = new long[limit];
        spare = new byte[limit + 1][];
    }

    /** Puts a frame behind all that are due at the same time or before; false when there is no room. */
    boolean add(byte[] frame, int offset, int length, long time) {
        if (queued == frames.length || length > LARGEST_FRAME) {
            return false;
        }
        int place = queued++;
        byte[] copy = spares > 0 ? spare[--spares] : new byte[LARGEST_FRAME];
        while (place > 0 && due[slot(place - 1)] > time) {
            frames[slot(place)] = frames[slot(place - 1)];
            lengths[slot(place)] = lengths[slot(place - 1)];
            due[slot(place)] = due[slot(place - 1)];
            place--;
        }
        System.arraycopy(frame, offset, copy, 0, length);
        frames[slot(place)] = copy;
        lengths[slot(place)] = length;
        due[slot(place)] = time;
        return true;
    }

    long deadline() {
        return queued == 0 ? Timed.NEVER : due[head];
    }

    /** Hands over the first frame; its room is used again only after that. */
    void deliverTo(FrameReceiver receiver) {
        byte[] frame = frames[head];
        int length = lengths[head];
        long time = due[head];
        head = slot(1);
        queued--;
        try {
            receiver.receive(frame, 0, length, time);
        } finally {
            spare[spares++] = frame;
        }
    }

    private int slot(int index) {
        int slot = head + index;
        return slot < frames.length ? slot : slot - frames.length;
    }
}

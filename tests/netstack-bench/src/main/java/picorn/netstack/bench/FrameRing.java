// SPDX-License-Identifier: MIT
package picorn.netstack.bench;

import picorn.netstack.link.FrameReceiver;

/** One direction of a cable in memory: frames are copied into a ring, and delivered when asked for. */
final class FrameRing implements FrameReceiver {
    private static final int DEPTH = 1024;
    private static final int LARGEST = 2048;

    private final byte[][] frames = new byte[DEPTH][LARGEST];
    private final int[] lengths = new int[DEPTH];
    private int head;
    private int tail;
    private long carried;

    @Override
    public void receive(byte[] frame, int offset, int length, long now) {
        if (tail - head == DEPTH) {
            throw new IllegalStateException("the ring is full, so the figures would tell of losses");
        }
        int slot = tail++ & DEPTH - 1;
        System.arraycopy(frame, offset, frames[slot], 0, length);
        lengths[slot] = length;
        carried++;
    }

    /** Delivers what is there now; returns how many frames that was. */
    int deliverTo(FrameReceiver receiver, long now) {
        int end = tail;
        int count = end - head;
        while (head != end) {
            int slot = head & DEPTH - 1;
            receiver.receive(frames[slot], 0, lengths[slot], now);
            head++;
        }
        return count;
    }

    long carried() {
        return carried;
    }
}

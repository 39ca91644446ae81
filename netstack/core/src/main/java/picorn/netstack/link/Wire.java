// SPDX-License-Identifier: MIT
package picorn.netstack.link;

import java.util.ArrayList;
import java.util.List;
import picorn.netstack.context.Timed;

/**
 * Joins two stations. Frames of one direction stay in order and queue behind each other; each direction has its own queue.
 *
 * <pre>{@code
 * Wire wire = new Wire();
 * wire.a().connect(mac);              // what takes frames at end A
 * wire.a().receive(frame, 0, 60, now); // what sends at end A
 * long next = wire.poll(now);
 * }</pre>
 */
public final class Wire implements Timed {
    private static final int DEPTH = 64;
    private static final int LARGEST_FRAME = 2048;

    private final List<FrameTap> taps = new ArrayList<>();
    private final Lane aToB;
    private final Lane bToA;
    private final WireEnd a;
    private final WireEnd b;
    private boolean delivering;

    /** A wire of 100 Mbit/s with 1 µs latency that holds 64 frames each way. */
    public Wire() {
        this(WireTiming.FAST_ETHERNET, DEPTH);
    }

    /**
     * A wire.
     *
     * @param timing its rate and latency
     * @param depth frames that can be under way in each direction, 1 or more
     */
    public Wire(WireTiming timing, int depth) {
        this(timing, depth, LARGEST_FRAME);
    }

    /**
     * A wire that carries frames of any size.
     *
     * @param timing its rate and latency
     * @param depth frames that can be under way in each direction, 1 or more
     * @param largestFrame octets of the largest frame, without frame check sequence: 9014 for jumbo frames; larger ones are lost
     */
    public Wire(WireTiming timing, int depth, int largestFrame) {
        if (depth < 1) {
            throw new IllegalArgumentException("a wire holds 1 frame or more, not " + depth);
        }
        aToB = new Lane(timing, depth, largestFrame, (f, o, l, now) -> show(Direction.A_TO_B, f, o, l, now));
        bToA = new Lane(timing, depth, largestFrame, (f, o, l, now) -> show(Direction.B_TO_A, f, o, l, now));
        a = new WireEnd(aToB, bToA);
        b = new WireEnd(bToA, aToB);
    }

    /**
     * End A, by custom the board's.
     *
     * @return always the same one
     */
    public WireEnd a() {
        return a;
    }

    /**
     * End B, by custom the network's.
     *
     * @return always the same one
     */
    public WireEnd b() {
        return b;
    }

    /**
     * Lets something watch the frames as they are sent.
     *
     * @param tap called for each frame that the wire takes
     */
    public void tap(FrameTap tap) {
        taps.add(tap);
    }

    @Override
    public long deadline() {
        return Math.min(aToB.deadline(), bToA.deadline());
    }

    /**
     * Delivers all frames that have arrived by now, in the order of their arrival, each with its own time. A call from within
     * a delivery leaves the rest to the call in progress.
     */
    @Override
    public long poll(long now) {
        if (!delivering) {
            delivering = true;
            try {
                deliverUntil(now);
            } finally {
                delivering = false;
            }
        }
        return deadline();
    }

    private void deliverUntil(long now) {
        for (long due = deadline(); due <= now && due != NEVER; due = deadline()) {
            (aToB.deadline() == due ? aToB : bToA).deliver();
        }
    }

    private void show(Direction direction, byte[] frame, int offset, int length, long now) {
        for (int i = 0; i < taps.size(); i++) {
            taps.get(i).sent(direction, frame, offset, length, now);
        }
    }
}

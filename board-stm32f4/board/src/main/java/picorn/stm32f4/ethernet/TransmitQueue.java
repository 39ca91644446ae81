// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** The transmit FIFO: the frame on the wire or next to it, and the one behind, complete or being fetched. */
final class TransmitQueue implements Saved {
    static final int CAPACITY = 2;

    private final TransmitFrame[] frames = {new TransmitFrame(), new TransmitFrame()};
    private int head;
    private int complete;

    /** Frames that are complete. */
    int size() {
        return complete;
    }

    /** The oldest complete frame. */
    TransmitFrame oldest() {
        return frames[head];
    }

    /** The frame that is being fetched; there is one while {@link #size} is less than {@link #CAPACITY}. */
    TransmitFrame fetched() {
        return frames[(head + complete) % CAPACITY];
    }

    /** The frame being fetched is complete. */
    void add() {
        complete++;
    }

    /** Takes the oldest frame out; it stays as it is until another one is fetched. */
    TransmitFrame removeOldest() {
        TransmitFrame oldest = frames[head];
        head = (head + 1) % CAPACITY;
        complete--;
        return oldest;
    }

    /** Takes the youngest complete frame out. */
    TransmitFrame removeYoungest() {
        complete--;
        return fetched();
    }

    void clear() {
        head = 0;
        complete = 0;
    }

    @Override
    public void save(StateWriter out) {
        out.int32(head);
        out.int32(complete);
        for (TransmitFrame frame : frames) {
            frame.save(out);
        }
    }

    @Override
    public void load(StateReader in) {
        head = Math.floorMod(in.int32(), CAPACITY);
        complete = Math.floorMod(in.int32(), CAPACITY + 1);
        for (TransmitFrame frame : frames) {
            frame.load(in);
        }
    }
}

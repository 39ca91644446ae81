// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import java.util.Arrays;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** The receive FIFO of 2 Kbyte: whole frames with their status, in order (RM0090, 33.5.5). */
final class ReceiveFifo implements Saved {
    static final int SIZE = 2048;

    /** Of the longest frame, which only passes through (MACCR.WD). */
    static final int LONGEST_FRAME = 16384;

    private static final int MOST_FRAMES = 64;
    private static final int WORDS_A_FRAME = 5;

    private final byte[] octets = new byte[LONGEST_FRAME];

    /** For each frame its length, status, verdict, and the time in seconds and subseconds. */
    private final int[] heads = new int[MOST_FRAMES * WORDS_A_FRAME];

    private int frames;
    private int filled;

    /** Whether a frame of {@code length} octets gets in: one that fits or, where it {@code passesThrough}, any. */
    boolean hasRoomFor(int length, boolean passesThrough) {
        boolean fits = filled + length <= SIZE && frames < MOST_FRAMES;
        return fits || passesThrough && frames == 0 && length <= LONGEST_FRAME;
    }

    /** Puts a frame in for which there {@linkplain #hasRoomFor is room}. */
    void add(byte[] frame, ReceivedFrame status) {
        System.arraycopy(frame, 0, octets, filled, status.length);
        int at = frames * WORDS_A_FRAME;
        heads[at] = status.length;
        heads[at + 1] = status.status;
        heads[at + 2] = status.verdict;
        heads[at + 3] = status.seconds;
        heads[at + 4] = status.subseconds;
        filled += status.length;
        frames++;
    }

    boolean isEmpty() {
        return frames == 0;
    }

    /** MACDBGR.RFFL: 0 empty, 1 and 2 below and above half, 3 full. */
    int level() {
        if (frames == 0) {
            return 0;
        }
        return filled >= SIZE ? 3 : 2 * filled < SIZE ? 1 : 2;
    }

    /** What holds the oldest frame's octets, from index 0 on. */
    byte[] octets() {
        return octets;
    }

    int length() {
        return heads[0];
    }

    int status() {
        return heads[1];
    }

    int verdict() {
        return heads[2];
    }

    int seconds() {
        return heads[3];
    }

    int subseconds() {
        return heads[4];
    }

    /** Drops the oldest frame. */
    void remove() {
        int gone = heads[0];
        filled -= gone;
        frames--;
        System.arraycopy(octets, gone, octets, 0, filled);
        System.arraycopy(heads, WORDS_A_FRAME, heads, 0, frames * WORDS_A_FRAME);
    }

    void clear() {
        frames = 0;
        filled = 0;
    }

    @Override
    public void save(StateWriter out) {
        out.int32(frames);
        out.int32(filled);
        out.octets(Arrays.copyOf(octets, filled));
        out.int32s(Arrays.copyOf(heads, frames * WORDS_A_FRAME));
    }

    @Override
    public void load(StateReader in) {
        frames = Math.max(0, Math.min(in.int32(), MOST_FRAMES));
        filled = Math.max(0, Math.min(in.int32(), LONGEST_FRAME));
        byte[] savedOctets = new byte[filled];
        in.octets(savedOctets);
        System.arraycopy(savedOctets, 0, octets, 0, filled);
        int[] savedHeads = new int[frames * WORDS_A_FRAME];
        in.int32s(savedHeads);
        System.arraycopy(savedHeads, 0, heads, 0, savedHeads.length);
    }
}

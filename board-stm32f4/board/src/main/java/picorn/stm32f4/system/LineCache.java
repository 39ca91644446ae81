// SPDX-License-Identifier: MIT
package picorn.stm32f4.system;

import java.util.Arrays;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** Which lines a cache of the flash interface holds; the one that was used least recently makes room (RM0090, 3.5.2). */
final class LineCache implements Saved {
    private static final int FREE = -1;
    /** Where a line was found last, by its low bits: a guess that is checked. */
    private static final int GUESSES = 1024;

    private final int[] lines;
    private final long[] lastUses;
    private final byte[] guesses = new byte[GUESSES];
    private long uses;

    LineCache(int size) {
        lines = new int[size];
        lastUses = new long[size];
        clear();
    }

    void clear() {
        Arrays.fill(lines, FREE);
        Arrays.fill(lastUses, 0);
        uses = 0;
    }

    /** Whether {@code line} is there; it has been used then. */
    boolean uses(int line) {
        int place = find(line);
        if (place < 0) {
            return false;
        }
        lastUses[place] = ++uses;
        return true;
    }

    private int find(int line) {
        int guess = guesses[line & GUESSES - 1];
        if (lines[guess] == line) {
            return guess;
        }
        for (int place = 0; place < lines.length; place++) {
            if (lines[place] == line) {
                guesses[line & GUESSES - 1] = (byte) place;
                return place;
            }
        }
        return -1;
    }

    /** Puts {@code line}, which is not there, in place of the one that was used least recently. */
    void add(int line) {
        int oldest = 0;
        for (int place = 1; place < lines.length; place++) {
            if (lastUses[place] < lastUses[oldest]) {
                oldest = place;
            }
        }
        lines[oldest] = line;
        lastUses[oldest] = ++uses;
    }

    @Override
    public void save(StateWriter out) {
        for (int place = 0; place < lines.length; place++) {
            out.int32(lines[place]);
            out.int64(lastUses[place]);
        }
        out.int64(uses);
    }

    @Override
    public void load(StateReader in) {
        for (int place = 0; place < lines.length; place++) {
            lines[place] = in.int32();
            lastUses[place] = in.int64();
        }
        uses = in.int64();
    }
}

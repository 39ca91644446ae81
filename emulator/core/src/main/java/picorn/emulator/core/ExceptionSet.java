// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import java.util.Arrays;

/** A set of exception numbers: few of many are in it, and each exception asks several times which. */
final class ExceptionSet {
    private final long[] words;

    /** An empty set of numbers below {@code count}. */
    ExceptionSet(int count) {
        words = new long[(count + Long.SIZE - 1) / Long.SIZE];
    }

    boolean has(int n) {
        return (words[n >> 6] >>> n & 1) != 0;
    }

    void add(int n) {
        words[n >> 6] |= 1L << n;
    }

    void remove(int n) {
        words[n >> 6] &= ~(1L << n);
    }

    void clear() {
        Arrays.fill(words, 0);
    }

    /** The first number in it that is {@code from} or higher, or -1. */
    int next(int from) {
        int word = from >> 6;
        if (word >= words.length) {
            return -1;
        }
        long left = words[word] & -1L << from;
        while (left == 0) {
            if (++word == words.length) {
                return -1;
            }
            left = words[word];
        }
        return word * Long.SIZE + Long.numberOfTrailingZeros(left);
    }
}

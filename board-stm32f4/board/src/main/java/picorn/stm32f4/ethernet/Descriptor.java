// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import picorn.emulator.bus.Dma;

/** The words of a DMA descriptor that software writes, as fetched, and the way back to memory (RM0090, 33.6.2, 33.6.7 and 33.6.8). */
abstract class Descriptor {
    static final int OWN = 1 << 31;
    static final int NORMAL_SIZE = 16;
    static final int ENHANCED_SIZE = 32;

    /** In both formats software writes the first four words only. */
    private static final int FETCHED = 16;

    private static final int WORD_SIZE = 4;
    private static final int BUFFER_SIZE = 0x1FFF;
    private static final int BUFFER_2_LSB = 16;

    private final Dma dma;
    private final byte[] octets = new byte[FETCHED];
    private final byte[] word = new byte[WORD_SIZE];
    private int address;

    Descriptor(Dma dma) {
        this.dma = dma;
    }

    /** Reads the descriptor at {@code from}; false on a bus error. */
    boolean fetch(int from) {
        address = from;
        return dma.read(from, octets, 0, FETCHED);
    }

    /** Where it was fetched from. */
    int address() {
        return address;
    }

    /** Word {@code n}, as fetched. */
    int word(int n) {
        int at = WORD_SIZE * n;
        return octets[at] & 0xFF
                | (octets[at + 1] & 0xFF) << 8
                | (octets[at + 2] & 0xFF) << 16
                | (octets[at + 3] & 0xFF) << 24;
    }

    /** Writes word {@code n} of the descriptor at {@code to}; false on a bus error. */
    boolean store(int to, int n, int value) {
        for (int i = 0; i < WORD_SIZE; i++) {
            word[i] = (byte) (value >>> 8 * i);
        }
        return dma.write(to + WORD_SIZE * n, word, 0, WORD_SIZE);
    }

    boolean ownedByDma() {
        return (word(0) & OWN) != 0;
    }

    int buffer1Size() {
        return word(1) & BUFFER_SIZE;
    }

    /** 0 when word 3 is not a buffer. */
    int buffer2Size() {
        return chained() ? 0 : word(1) >>> BUFFER_2_LSB & BUFFER_SIZE;
    }

    int buffer1() {
        return word(2);
    }

    int buffer2() {
        return word(3);
    }

    /** Whether word 3 is the address of the next descriptor. */
    abstract boolean chained();

    /** Whether the list starts over behind this one; wins over {@link #chained}. */
    abstract boolean endsRing();

    /** Address of the next one, in a list at {@code base} whose unchained descriptors are {@code stride} octets apart. */
    int next(int base, int stride) {
        if (endsRing()) {
            return base;
        }
        return chained() ? word(3) & -WORD_SIZE : address + stride;
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/** A memory that is mapped as a whole, so that translated code reaches it without going through pages. */
final class Window {
    /** Shows nothing. */
    static final Window NONE = new Window(new byte[0], new byte[1], 0);

    final byte[] octets;
    final byte[] code;
    /** The address of the first octet. */
    final int base;

    Window(byte[] octets, byte[] code, int base) {
        this.octets = octets;
        this.code = code;
        this.base = base;
    }

    // Whether an aligned access at an offset, which may be any number, is to a window's memory.

    static boolean shows32(byte[] octets, int at) {
        return (at & 3) == 0 && Integer.compareUnsigned(at, octets.length - 3) < 0 && octets.length > 3;
    }

    static boolean shows16(byte[] octets, int at) {
        return (at & 1) == 0 && Integer.compareUnsigned(at, octets.length - 1) < 0 && octets.length > 1;
    }

    static boolean shows8(byte[] octets, int at) {
        return Integer.compareUnsigned(at, octets.length) < 0;
    }

    /** Whether {@code words} aligned words, 16 at most, are all there. */
    static boolean showsMany(byte[] octets, int at, int words) {
        return (at & 3) == 0 && at >= 0 && at <= octets.length - 4 * words;
    }

    /** Whether they may be stored without touching code: they lie in two blocks at most. */
    static boolean takesMany(byte[] octets, byte[] code, int at, int words) {
        return showsMany(octets, at, words)
                && (code[at >> HeapRam.BLOCK_BITS] | code[at + 4 * words - 1 >> HeapRam.BLOCK_BITS]) == 0;
    }

    // Whether a store there touches no code.

    static boolean takes32(byte[] octets, byte[] code, int at) {
        return shows32(octets, at) && code[at >> HeapRam.BLOCK_BITS] == 0;
    }

    static boolean takes16(byte[] octets, byte[] code, int at) {
        return shows16(octets, at) && code[at >> HeapRam.BLOCK_BITS] == 0;
    }

    static boolean takes8(byte[] octets, byte[] code, int at) {
        return shows8(octets, at) && code[at >> HeapRam.BLOCK_BITS] == 0;
    }

    static int get32(byte[] octets, int at) {
        return (int) HeapRam.WORD.get(octets, at);
    }

    static int get16(byte[] octets, int at) {
        return (short) HeapRam.HALFWORD.get(octets, at) & 0xffff;
    }

    static int get8(byte[] octets, int at) {
        return octets[at] & 0xff;
    }

    static void put32(byte[] octets, int at, int value) {
        HeapRam.WORD.set(octets, at, value);
    }

    static void put16(byte[] octets, int at, int value) {
        HeapRam.HALFWORD.set(octets, at, (short) value);
    }

    static void put8(byte[] octets, int at, int value) {
        octets[at] = (byte) value;
    }
}

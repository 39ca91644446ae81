// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.Arrays;

/** A memory that is mapped as a whole, so that translated code reaches it without going through pages. */
final class Window {
    private static final byte[] NO_CODE = {};
    /** Shows nothing. */
    static final Window NONE = new Window(HeapRam.NONE, 0, false);

    private final HeapRam ram;
    final byte[] octets;
    /** The address of the first octet. */
    final int base;
    /** What refuses all stores; empty if there may be some. */
    private final byte[] refusal;

    /** One of all of {@code ram}, whose first octet is at {@code base}. */
    Window(HeapRam ram, int base, boolean isWritable) {
        this.ram = ram;
        octets = ram.octets();
        this.base = base;
        refusal = isWritable ? NO_CODE : new byte[ram.code.length];
        Arrays.fill(refusal, (byte) 1);
    }

    /** {@link HeapRam#code}, or nothing while there is none: most memory that is written never holds any. */
    byte[] code() {
        return refusal.length != 0 ? refusal : ram.holdsCode() ? ram.code : NO_CODE;
    }

    // Whether an aligned access at an offset, which may be any number, is to a window's memory. One test of sign and
    // alignment, one of the
    // length: HotSpot keeps what they compare with in few registers.

    static boolean shows64(byte[] octets, int at) {
        return (at & 0x8000_0003) == 0 && at < octets.length - 7;
    }

    static boolean shows32(byte[] octets, int at) {
        return (at & 0x8000_0003) == 0 && at < octets.length - 3;
    }

    static boolean shows16(byte[] octets, int at) {
        return (at & 0x8000_0001) == 0 && at < octets.length - 1;
    }

    static boolean shows8(byte[] octets, int at) {
        return at >= 0 && at < octets.length;
    }

    /** Whether {@code words} aligned words, 16 at most, are all there; {@code code} has no say, unlike in {@link #takesMany}. */
    static boolean showsMany(byte[] octets, byte[] code, int at, int words) {
        return (at & 0x8000_0003) == 0 && at <= octets.length - 4 * words;
    }

    /** Whether they may be stored without touching code: they lie in two blocks at most. */
    static boolean takesMany(byte[] octets, byte[] code, int at, int words) {
        return showsMany(octets, code, at, words) && isData(code, at) && isData(code, at + 4 * words - 1);
    }

    // Whether a store there touches no code.

    static boolean takes64(byte[] octets, byte[] code, int at) {
        return shows64(octets, at) && isData(code, at) && isData(code, at + 4);
    }

    static boolean takes32(byte[] octets, byte[] code, int at) {
        return shows32(octets, at) && isData(code, at);
    }

    static boolean takes16(byte[] octets, byte[] code, int at) {
        return shows16(octets, at) && isData(code, at);
    }

    static boolean takes8(byte[] octets, byte[] code, int at) {
        return shows8(octets, at) && isData(code, at);
    }

    private static boolean isData(byte[] code, int at) {
        return code.length == 0 || code[at >> HeapRam.BLOCK_BITS] == 0;
    }

    /** Two words, the first in the lower half. */
    static long get64(byte[] octets, int at) {
        return (long) HeapRam.WORDS.get(octets, at);
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

    static void put64(byte[] octets, int at, int first, int second) {
        HeapRam.WORDS.set(octets, at, first & 0xffff_ffffL | (long) second << 32);
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

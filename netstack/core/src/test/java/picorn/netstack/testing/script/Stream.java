// SPDX-License-Identifier: MIT
package picorn.netstack.testing.script;

/** Octets that tell their place in a stream, so that every test can see whether the right ones arrive. */
public final class Stream {
    private Stream() {}

    public static byte at(long place) {
        long mixed = (place + 1) * 0x9E37_79B9_7F4A_7C15L;
        return (byte) (mixed >>> 56);
    }

    public static byte[] octets(long from, int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = at(from + i);
        }
        return octets;
    }

    /** The first place at which octets are not those of the stream, or -1. */
    public static int firstWrong(byte[] octets, int offset, int length, long from) {
        for (int i = 0; i < length; i++) {
            if (octets[offset + i] != at(from + i)) {
                return i;
            }
        }
        return -1;
    }
}

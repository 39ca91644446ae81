// SPDX-License-Identifier: MIT
package picorn.netstack.testing.script;

/** The Internet checksum as RFC 1071 words it, 16 bits at a time, independent of the stack's. */
public final class Checksums {
    private Checksums() {}

    /** The checksum of octets that follow those summed already; 0 if a right checksum is among them. */
    public static int of(byte[] octets, int from, int length, long before) {
        long sum = before;
        for (int i = 0; i < length; i += 2) {
            int low = i + 1 < length ? octets[from + i + 1] & 0xFF : 0;
            sum += (octets[from + i] & 0xFF) << 8 | low;
        }
        while (sum > 0xFFFF) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return (int) ~sum & 0xFFFF;
    }

    public static long pseudo(int src, int dst, int protocol, int length) {
        return (src >>> 16) + (src & 0xFFFF) + (dst >>> 16) + (long) (dst & 0xFFFF) + protocol + length;
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.octets;

/** The Internet checksum (RFC 1071): sums are kept unfolded in a {@code long} and may be added to each other. */
public final class InternetChecksum {
    private InternetChecksum() {}

    /**
     * The sum of octets, the first of which is the high half of a 16-bit word; an odd last one is padded with zero.
     *
     * @param octets what to sum
     * @return a sum, not folded
     */
    public static long sum(Octets octets) {
        return sum(octets.array(), octets.offset(), octets.length());
    }

    /**
     * The sum of octets of an array.
     *
     * @param array the array
     * @param offset index of the first one, the high half of a word
     * @param length how many, less than 2^24
     * @return a sum, not folded
     */
    public static long sum(byte[] array, int offset, int length) {
        // Two sums of octets, eight at a time: the compiler makes more of this than of words put together from octets.
        int high = 0;
        int low = 0;
        int i = offset;
        int end = offset + length;
        for (int stop = end - 7; i < stop; i += 8) {
            high += (array[i] & 0xFF) + (array[i + 2] & 0xFF) + (array[i + 4] & 0xFF) + (array[i + 6] & 0xFF);
            low += (array[i + 1] & 0xFF) + (array[i + 3] & 0xFF) + (array[i + 5] & 0xFF) + (array[i + 7] & 0xFF);
        }
        for (; i < end - 1; i += 2) {
            high += array[i] & 0xFF;
            low += array[i + 1] & 0xFF;
        }
        if (i < end) {
            high += array[i] & 0xFF;
        }
        return ((long) high << 8) + low;
    }

    /**
     * The one's complement sum of 16 bits.
     *
     * @param sum a sum, not negative
     * @return 0 to 65535; 65535 over data that holds its own right checksum
     */
    public static int fold(long sum) {
        long folded = (sum >>> 32) + (sum & 0xFFFF_FFFFL);
        folded = (folded >>> 16) + (folded & 0xFFFF);
        folded = (folded >>> 16) + (folded & 0xFFFF);
        folded = (folded >>> 16) + (folded & 0xFFFF);
        return (int) folded;
    }

    /**
     * What goes into the checksum field.
     *
     * @param sum of the data with a checksum field of zero
     * @return 0 to 65535
     */
    public static int of(long sum) {
        return ~fold(sum) & 0xFFFF;
    }

    /**
     * Whether data that holds its own checksum came over well.
     *
     * @param sum of the data, checksum field included
     * @return true if the checksum is right
     */
    public static boolean isRight(long sum) {
        return fold(sum) == 0xFFFF;
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.octets;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The Internet checksum (RFC 1071): sums are kept unfolded in a {@code long} and may be added to each other. */
public final class InternetChecksum {
    private static final VarHandle EIGHT_OCTETS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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
        long sum = 0;
        int i = offset;
        int end = offset + length;
        for (int stop = end - 31; i < stop; i += 32) {
            sum += halves(array, i) + halves(array, i + 8) + halves(array, i + 16) + halves(array, i + 24);
        }
        for (int stop = end - 7; i < stop; i += 8) {
            sum += halves(array, i);
        }
        for (; i < end - 1; i += 2) {
            sum += (array[i] & 0xFF) << 8 | array[i + 1] & 0xFF;
        }
        return i < end ? sum + ((array[i] & 0xFF) << 8) : sum;
    }

    /** The sum of two words of 32 bits, which folds to that of four words of 16 bits (RFC 1071, section 2, D). */
    private static long halves(byte[] array, int at) {
        long eight = (long) EIGHT_OCTETS.get(array, at);
        return (eight >>> 32) + (eight & 0xFFFF_FFFFL);
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

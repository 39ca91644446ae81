// SPDX-License-Identifier: MIT
package picorn.netstack.octets;

/**
 * An unsigned field of 64 bits in network byte order (RFC 791, appendix B).
 *
 * @param offset octets from the beginning of the format
 */
public record U64(int offset) implements Field {
    /**
     * The field at an offset.
     *
     * @param offset octets from the beginning of the format
     * @return the field
     */
    public static U64 at(int offset) {
        return new U64(offset);
    }

    /**
     * The field that follows another.
     *
     * @param field the one before
     * @return the field
     */
    public static U64 after(Field field) {
        return new U64(field.end());
    }

    /**
     * The field of the same size that follows this one.
     *
     * @return the field
     */
    public U64 next() {
        return after(this);
    }

    @Override
    public int end() {
        return offset + 8;
    }

    /**
     * Reads the field; the caller has made sure that it lies within the octets.
     *
     * @param in where the format begins
     * @return the 64 bits as they are
     */
    public long get(Octets in) {
        assert end() <= in.length();
        byte[] a = in.array();
        int i = in.offset() + offset;
        long high = a[i] << 24 | (a[i + 1] & 0xFF) << 16 | (a[i + 2] & 0xFF) << 8 | a[i + 3] & 0xFF;
        int low = a[i + 4] << 24 | (a[i + 5] & 0xFF) << 16 | (a[i + 6] & 0xFF) << 8 | a[i + 7] & 0xFF;
        return high << 32 | low & 0xFFFF_FFFFL;
    }

    /**
     * Writes the field.
     *
     * @param out where the format begins
     * @param value its low 64 bits are written
     */
    public void set(Octets out, long value) {
        assert end() <= out.length();
        byte[] a = out.array();
        int i = out.offset() + offset;
        int high = (int) (value >>> 32);
        int low = (int) value;
        a[i] = (byte) (high >>> 24);
        a[i + 1] = (byte) (high >>> 16);
        a[i + 2] = (byte) (high >>> 8);
        a[i + 3] = (byte) high;
        a[i + 4] = (byte) (low >>> 24);
        a[i + 5] = (byte) (low >>> 16);
        a[i + 6] = (byte) (low >>> 8);
        a[i + 7] = (byte) low;
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.octets;

/**
 * An unsigned field of 48 bits in network byte order (RFC 791, appendix B).
 *
 * @param offset octets from the beginning of the format
 */
public record U48(int offset) implements Field {
    /**
     * The field at an offset.
     *
     * @param offset octets from the beginning of the format
     * @return the field
     */
    public static U48 at(int offset) {
        return new U48(offset);
    }

    /**
     * The field that follows another.
     *
     * @param field the one before
     * @return the field
     */
    public static U48 after(Field field) {
        return new U48(field.end());
    }

    /**
     * The field of the same size that follows this one.
     *
     * @return the field
     */
    public U48 next() {
        return after(this);
    }

    @Override
    public int end() {
        return offset + 6;
    }

    /**
     * Reads the field; the caller has made sure that it lies within the octets.
     *
     * @param in where the format begins
     * @return 0 to 2^48 - 1
     */
    public long get(Octets in) {
        byte[] a = in.array();
        int i = in.index(offset, end());
        return (long) ((a[i] & 0xFF) << 8 | a[i + 1] & 0xFF) << 32 | U32.get(a, i + 2) & 0xFFFF_FFFFL;
    }

    /**
     * Writes the field.
     *
     * @param out where the format begins
     * @param value its low 48 bits are written
     */
    public void set(Octets out, long value) {
        byte[] a = out.array();
        int i = out.index(offset, end());
        int high = (int) (value >>> 32);
        a[i] = (byte) (high >>> 8);
        a[i + 1] = (byte) high;
        U32.set(a, i + 2, (int) value);
    }
}

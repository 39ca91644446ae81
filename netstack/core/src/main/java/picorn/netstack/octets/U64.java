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
        byte[] a = in.array();
        int i = in.index(offset, end());
        return (long) U32.get(a, i) << 32 | U32.get(a, i + 4) & 0xFFFF_FFFFL;
    }

    /**
     * Writes the field.
     *
     * @param out where the format begins
     * @param value its low 64 bits are written
     */
    public void set(Octets out, long value) {
        byte[] a = out.array();
        int i = out.index(offset, end());
        U32.set(a, i, (int) (value >>> 32));
        U32.set(a, i + 4, (int) value);
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.octets;

/**
 * An unsigned field of 8 bits in network byte order (RFC 791, appendix B).
 *
 * @param offset octets from the beginning of the format
 */
public record U8(int offset) implements Field {
    /**
     * The field at an offset.
     *
     * @param offset octets from the beginning of the format
     * @return the field
     */
    public static U8 at(int offset) {
        return new U8(offset);
    }

    /**
     * The field that follows another.
     *
     * @param field the one before
     * @return the field
     */
    public static U8 after(Field field) {
        return new U8(field.end());
    }

    /**
     * The field of the same size that follows this one.
     *
     * @return the field
     */
    public U8 next() {
        return after(this);
    }

    @Override
    public int end() {
        return offset + 1;
    }

    /**
     * Reads the field; the caller has made sure that it lies within the octets.
     *
     * @param in where the format begins
     * @return 0 to 255
     */
    public int get(Octets in) {
        byte[] a = in.array();
        int i = in.index(offset, end());
        return a[i] & 0xFF;
    }

    /**
     * Writes the field.
     *
     * @param out where the format begins
     * @param value its low 8 bits are written
     */
    public void set(Octets out, int value) {
        byte[] a = out.array();
        int i = out.index(offset, end());
        a[i] = (byte) value;
    }
}

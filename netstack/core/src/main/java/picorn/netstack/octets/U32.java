// SPDX-License-Identifier: MIT
package picorn.netstack.octets;

/**
 * An unsigned field of 32 bits in network byte order (RFC 791, appendix B).
 *
 * @param offset octets from the beginning of the format
 */
public record U32(int offset) implements Field {
    /**
     * The field at an offset.
     *
     * @param offset octets from the beginning of the format
     * @return the field
     */
    public static U32 at(int offset) {
        return new U32(offset);
    }

    /**
     * The field that follows another.
     *
     * @param field the one before
     * @return the field
     */
    public static U32 after(Field field) {
        return new U32(field.end());
    }

    /**
     * The field of the same size that follows this one.
     *
     * @return the field
     */
    public U32 next() {
        return after(this);
    }

    @Override
    public int end() {
        return offset + 4;
    }

    /**
     * Reads the field; the caller has made sure that it lies within the octets.
     *
     * @param in where the format begins
     * @return the 32 bits as they are
     */
    public int get(Octets in) {
        byte[] a = in.array();
        int i = in.index(offset, end());
        return get(a, i);
    }

    /**
     * Writes the field.
     *
     * @param out where the format begins
     * @param value its low 32 bits are written
     */
    public void set(Octets out, int value) {
        byte[] a = out.array();
        int i = out.index(offset, end());
        set(a, i, value);
    }

    static int get(byte[] a, int i) {
        return a[i] << 24 | (a[i + 1] & 0xFF) << 16 | (a[i + 2] & 0xFF) << 8 | a[i + 3] & 0xFF;
    }

    static void set(byte[] a, int i, int value) {
        a[i] = (byte) (value >>> 24);
        a[i + 1] = (byte) (value >>> 16);
        a[i + 2] = (byte) (value >>> 8);
        a[i + 3] = (byte) value;
    }
}

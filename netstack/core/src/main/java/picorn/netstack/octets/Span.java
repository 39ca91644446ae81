// SPDX-License-Identifier: MIT
package picorn.netstack.octets;

/**
 * A field that is a run of octets.
 *
 * @param offset octets from the beginning of the format
 * @param length octets in the run
 */
public record Span(int offset, int length) implements Field {
    /**
     * The run that follows another field.
     *
     * @param field the one before
     * @param length octets in the run
     * @return the field
     */
    public static Span after(Field field, int length) {
        return new Span(field.end(), length);
    }

    @Override
    public int end() {
        return offset + length;
    }

    /**
     * Fills the run with zeros.
     *
     * @param out where the format begins
     */
    public void clear(Octets out) {
        out.clear(offset, length);
    }
}

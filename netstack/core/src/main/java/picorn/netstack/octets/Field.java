// SPDX-License-Identifier: MIT
package picorn.netstack.octets;

/** A place in a wire format, so that the next one can be said to begin where this one ends. */
public sealed interface Field permits U8, U16, U32, U48, U64, Span {
    /**
     * Where the field begins.
     *
     * @return octets from the beginning of the format
     */
    int offset();

    /**
     * Where the field that follows begins.
     *
     * @return octets from the beginning of the format
     */
    int end();
}

// SPDX-License-Identifier: MIT
package picorn.emulator.bus;

import java.util.List;

/**
 * A register as a reader of a trace wants it.
 *
 * @param name with its device's, such as "USART1.CR1"
 * @param fields in the manual's order; none where nobody knows them
 */
public record RegisterShape(String name, List<Part> fields) {
    /**
     * A field.
     *
     * @param mask its bits within the register
     */
    public record Part(String name, int mask) {
        /** Its part of {@code value}, right-aligned. */
        public int in(int value) {
            return (value & mask) >>> Integer.numberOfTrailingZeros(mask);
        }
    }
}

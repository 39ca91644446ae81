// SPDX-License-Identifier: MIT
package picorn.emulator.register;

import java.util.List;
import picorn.emulator.bus.RegisterShape;

/** What is known of the registers of a peripheral that its {@link RegisterBlock} does not declare. */
public interface Undeclared {
    /** Nothing is known. */
    Undeclared UNKNOWN = new Undeclared() {
        @Override
        public String suffix(int offset) {
            return "+0x%x".formatted(offset);
        }

        @Override
        public int resetValue(int offset) {
            return 0;
        }
    };

    /** What follows the block's name to name the word at {@code offset}, such as ".DMAR" or "+0x4c". */
    String suffix(int offset);

    /** The fields of the word at {@code offset}; none where nobody knows them. */
    default List<RegisterShape.Part> fields(int offset) {
        return List.of();
    }

    /** What the word at {@code offset} reads as. */
    int resetValue(int offset);
}

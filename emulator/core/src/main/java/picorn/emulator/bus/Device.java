// SPDX-License-Identifier: MIT
package picorn.emulator.bus;

import java.util.List;

/** Something with registers on the bus. */
public interface Device {
    /** Its name in the reference manual, such as "USART1". */
    String name();

    /** What stands at {@code offset} from its base, such as "USART1.CR1". */
    default String nameAt(int offset) {
        return "%s+0x%x".formatted(name(), offset);
    }

    /** The word at {@code offset} with its fields, as far as they are known. */
    default RegisterShape shapeAt(int offset) {
        return new RegisterShape(nameAt(offset), List.of());
    }

    /** Reads {@code width} octets (1, 2 or 4) at {@code offset} from its base, with all side effects; zero-extended. */
    int read(int offset, int width);

    /** Writes the low {@code width} octets (1, 2 or 4) of {@code value}. */
    void write(int offset, int width, int value);

    /** What {@link #read} would give, without any effect: for debuggers. */
    int peek(int offset, int width);
}

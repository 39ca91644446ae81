// SPDX-License-Identifier: MIT
package picorn.emulator.bus;

/** Something with registers on the bus. */
public interface Device {
    /** Its name in the reference manual, such as "USART1". */
    String name();

    /** What stands at {@code offset} from its base, such as "USART1.CR1". */
    default String nameAt(int offset) {
        return "%s+0x%x".formatted(name(), offset);
    }

    /** Reads {@code width} octets (1, 2 or 4) at {@code offset} from its base, with all side effects; zero-extended. */
    int read(int offset, int width);

    /** Writes the low {@code width} octets (1, 2 or 4) of {@code value}. */
    void write(int offset, int width, int value);

    /** What {@link #read} would give, without any effect: for debuggers. */
    int peek(int offset, int width);
}

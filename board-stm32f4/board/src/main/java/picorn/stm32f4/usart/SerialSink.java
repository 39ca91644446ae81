// SPDX-License-Identifier: MIT
package picorn.stm32f4.usart;

/** The far end of a USART's TX pin. */
@FunctionalInterface
public interface SerialSink {
    /** Nobody listens. */
    SerialSink NONE = (character, now) -> {};

    /** The last stop bit of {@code character}, 8 or 9 bits, has left at {@code now}, picoseconds since reset. */
    void transmitted(int character, long now);
}

// SPDX-License-Identifier: MIT
package picorn.stm32f4.debug;

import java.util.List;

/**
 * A register as it is at one moment.
 *
 * @param name with its block, such as "USART1.CR1"
 * @param address where it is
 * @param value what firmware would read
 * @param reset its value after reset
 * @param text what a description that the user brought says of it, or nothing
 * @param fields from the highest bit down
 */
public record RegisterView(String name, int address, int value, int reset, String text, List<FieldView> fields) {
    /**
     * A field of it.
     *
     * @param access what firmware may do to it, as the manual has it
     * @param description what the user's description says of it, or nothing
     */
    public record FieldView(String name, int lsb, int width, int value, String access, String description) {
        private String bits() {
            return width == 1 ? "[%d]".formatted(lsb) : "[%d:%d]".formatted(lsb + width - 1, lsb);
        }

        private String text() {
            return width < 4 ? Integer.toUnsignedString(value) : "0x%x".formatted(value);
        }
    }

    /** As lines for a reader, each with a line feed. */
    public String toText() {
        StringBuilder text = new StringBuilder(line());
        for (FieldView field : fields) {
            text.append("  %-18s %-8s %-10s %s%s%n"
                    .formatted(
                            field.name(),
                            field.bits(),
                            field.text(),
                            field.access(),
                            field.description().isEmpty() ? "" : "; " + field.description()));
        }
        return text.toString();
    }

    /** Name, address and value, with a line feed. */
    public String line() {
        String changed = value == reset ? "" : " (reset 0x%08x)".formatted(reset);
        return "%s 0x%08x = 0x%08x%s%s%n".formatted(name, address, value, changed, text.isEmpty() ? "" : "  " + text);
    }
}

// SPDX-License-Identifier: MIT
package picorn.junit;

import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * A register as a debugger shows it. Each call looks anew, without effect.
 *
 * <pre>{@code
 * RegisterView cr1 = board.register("USART1.CR1");
 * assertThat(cr1.field("TE")).isEqualTo(1);
 * assertThat(cr1).hasField("RE", 1); // its message shows all fields
 * }</pre>
 */
public final class RegisterView {
    private final String name;
    private final IntSupplier value;
    private final List<Part> parts;

    /** A field of it. */
    record Part(String name, int mask) {
        int in(int value) {
            return (value & mask) >>> Integer.numberOfTrailingZeros(mask);
        }
    }

    RegisterView(String name, IntSupplier value, List<Part> parts) {
        this.name = name;
        this.value = value;
        this.parts = parts;
    }

    /**
     * Its name, with that of its peripheral.
     *
     * <pre>{@code
     * assertThat(board.register("USART1.CR1").name()).isEqualTo("USART1.CR1");
     * }</pre>
     */
    public String name() {
        return name;
    }

    /**
     * Its 32 bits.
     *
     * <pre>{@code
     * assertThat(board.register("SCB.CPUID").value()).isEqualTo(0x410F_C241);
     * }</pre>
     */
    public int value() {
        return value.getAsInt();
    }

    /**
     * A field of it, right-aligned.
     *
     * <pre>{@code
     * assertThat(board.register("USART1.CR1").field("UE")).isEqualTo(1);
     * }</pre>
     *
     * @param field its name in the manual
     * @throws AssertionError if there is none of this name
     */
    public int field(String field) {
        return parts.stream()
                .filter(part -> part.name().equals(field))
                .findFirst()
                .orElseThrow(() -> new AssertionError("%s has no field '%s'; there are: %s"
                        .formatted(name, field, parts.stream().map(Part::name).collect(Collectors.joining(", ")))))
                .in(value());
    }

    /** Name, value and fields that are not 0, such as "USART1.CR1 = 0x0000200c: UE=1 TE=1 RE=1". */
    @Override
    public String toString() {
        int now = value();
        String set = parts.stream()
                .filter(part -> part.in(now) != 0)
                .map(part -> " " + part.name() + "=" + part.in(now))
                .collect(Collectors.joining());
        return "%s = 0x%08x%s".formatted(name, now, set.isEmpty() ? "" : ":" + set);
    }
}

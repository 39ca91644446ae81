// SPDX-License-Identifier: MIT
package picorn.stm32f4.debug;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Names and descriptions of registers that the user brings. */
public final class Description {
    /** None. */
    public static final Description NONE = new Description(List.of());

    /**
     * A register.
     *
     * @param name with its peripheral's, such as "USART1.CR1"
     * @param text what it is for
     */
    public record Register(String name, int address, String text, List<Field> fields) {}

    /** A field of one. */
    public record Field(String name, int lsb, int width, String text) {
        int in(int value) {
            return value >>> lsb & (width == 32 ? -1 : (1 << width) - 1);
        }
    }

    private final Map<String, Register> byName = new LinkedHashMap<>();
    private final Map<Integer, Register> byAddress = new HashMap<>();

    /** Of {@code registers}; of two with one name or address, the first counts. */
    public Description(List<Register> registers) {
        for (Register register : registers) {
            byName.putIfAbsent(register.name().toUpperCase(Locale.ROOT), register);
            byAddress.putIfAbsent(register.address(), register);
        }
    }

    /** How many registers there are. */
    public int size() {
        return byName.size();
    }

    Optional<Register> named(String name) {
        return Optional.ofNullable(byName.get(name.toUpperCase(Locale.ROOT)));
    }

    /** All of the peripheral that is called so. */
    List<Register> of(String peripheral) {
        String prefix = peripheral.toUpperCase(Locale.ROOT) + ".";
        return byName.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** What is said of the register at {@code address}, or nothing. */
    String textOf(int address) {
        Register register = byAddress.get(address);
        return register == null ? "" : register.text();
    }

    /** What is said of a field of the register at {@code address}, or nothing. */
    String textOf(int address, int lsb, int width) {
        Register register = byAddress.get(address);
        return register == null
                ? ""
                : register.fields().stream()
                        .filter(field -> field.lsb() == lsb && field.width() == width)
                        .map(Field::text)
                        .findFirst()
                        .orElse("");
    }
}

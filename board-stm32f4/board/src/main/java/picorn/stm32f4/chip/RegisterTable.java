// SPDX-License-Identifier: MIT
package picorn.stm32f4.chip;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every register of a chip by name and place, for what is not modelled and for debuggers. The list of peripherals is read at once,
 * the registers at the first look at one of them.
 */
public final class RegisterTable {
    private static final String STM32F429 = "stm32f429-registers.txt";

    private final String resource;
    private final List<Peripheral> peripherals;
    private Map<Integer, List<Register>> layouts = Map.of();

    /** What software may do. */
    public enum Access {
        READ_WRITE,
        READ_ONLY,
        WRITE_ONLY
    }

    /**
     * A peripheral.
     *
     * @param base first address
     * @param size octets
     * @param layout number of its list of registers
     */
    public record Peripheral(String name, int base, int size, int layout) {}

    /**
     * A register.
     *
     * @param offset octets from its peripheral's base
     */
    public record Register(String name, int offset, int resetValue, Access access, List<Field> fields) {}

    /**
     * A field of a register.
     *
     * @param lsb number of its lowest bit
     * @param width bits
     */
    public record Field(String name, int lsb, int width, Access access) {
        /** Its bits within the register. */
        public int mask() {
            return (width == 32 ? -1 : (1 << width) - 1) << lsb;
        }
    }

    private RegisterTable(String resource) {
        this.resource = resource;
        try (BufferedReader in = open()) {
            peripherals = in.lines()
                    .takeWhile(line -> !line.startsWith("="))
                    .filter(line -> line.startsWith("@"))
                    .map(RegisterTable::parsePeripheral)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** That of the STM32F429. */
    public static RegisterTable stm32f429() {
        return new RegisterTable(STM32F429);
    }

    private BufferedReader open() {
        InputStream in = RegisterTable.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException(resource + " is missing in the jar: build it again");
        }
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
    }

    /** All peripherals by address. */
    public List<Peripheral> peripherals() {
        return peripherals;
    }

    /** The peripheral of this name. */
    public Optional<Peripheral> peripheral(String name) {
        return peripherals.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    /** The registers of a peripheral by offset; two of the same offset are two views of one. */
    public List<Register> registers(Peripheral peripheral) {
        if (layouts.isEmpty()) {
            layouts = readLayouts();
        }
        return layouts.getOrDefault(peripheral.layout(), List.of());
    }

    /** The first register at {@code offset}. */
    public Optional<Register> register(Peripheral peripheral, int offset) {
        return registers(peripheral).stream().filter(r -> r.offset() == offset).findFirst();
    }

    private Map<Integer, List<Register>> readLayouts() {
        Map<Integer, List<Register>> read = new HashMap<>();
        try (BufferedReader in = open()) {
            List<Register> current = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("=")) {
                    current = new ArrayList<>();
                    read.put(Integer.parseInt(line.substring(2)), current);
                } else if (!line.startsWith("@") && !line.startsWith("#")) {
                    current.add(parseRegister(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }

    private static Peripheral parsePeripheral(String line) {
        String[] words = line.split(" ");
        return new Peripheral(
                words[1],
                Integer.parseUnsignedInt(words[2], 16),
                Integer.parseInt(words[3], 16),
                Integer.parseInt(words[4]));
    }

    private static Register parseRegister(String line) {
        String[] words = line.split(" ");
        String[] reset = words[2].split("/");
        Access access = access(reset, Access.READ_WRITE);
        List<Field> fields = new ArrayList<>();
        for (int i = 3; i < words.length; i++) {
            fields.add(parseField(words[i], access));
        }
        if (fields.isEmpty()) {
            fields.add(new Field(words[0], 0, 32, access));
        }
        return new Register(
                words[0],
                Integer.parseInt(words[1], 16),
                Integer.parseUnsignedInt(reset[0], 16),
                access,
                List.copyOf(fields));
    }

    private static Field parseField(String word, Access otherwise) {
        String[] placeAndAccess = word.split("/");
        String[] nameAndPlace = placeAndAccess[0].split(":");
        String[] place = nameAndPlace[1].split("\\+");
        int width = place.length > 1 ? Integer.parseInt(place[1]) : 1;
        return new Field(nameAndPlace[0], Integer.parseInt(place[0]), width, access(placeAndAccess, otherwise));
    }

    private static Access access(String[] textAndAccess, Access otherwise) {
        if (textAndAccess.length == 1) {
            return otherwise;
        }
        return switch (textAndAccess[1]) {
            case "r" -> Access.READ_ONLY;
            case "w" -> Access.WRITE_ONLY;
            default -> Access.READ_WRITE;
        };
    }
}

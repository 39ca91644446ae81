// SPDX-License-Identifier: MIT
package picorn.junit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import picorn.emulator.image.Symbol;

/**
 * A global or static variable of the firmware, by its symbol. Each call looks anew.
 *
 * <pre>{@code
 * assertThat(board.variable("counter").asInt()).isEqualTo(3);
 * }</pre>
 */
public final class Variable {
    private final Symbol symbol;
    private final Memory memory;

    Variable(Symbol symbol, Memory memory) {
        this.symbol = symbol;
        this.memory = memory;
    }

    /**
     * Address of its first octet.
     *
     * <pre>{@code
     * memory.write(board.variable("buffer").address() + 4, octets);
     * }</pre>
     */
    public int address() {
        return symbol.address();
    }

    /**
     * How many octets it has.
     *
     * <pre>{@code
     * assertThat(board.variable("buffer").size()).isEqualTo(512);
     * }</pre>
     */
    public int size() {
        return (int) symbol.size();
    }

    /**
     * Its value as a signed number of its size, 1, 2 or 4 octets.
     *
     * <pre>{@code
     * assertThat(board.variable("temperature").asInt()).isEqualTo(-5);
     * }</pre>
     *
     * @throws AssertionError if it has another size
     */
    public int asInt() {
        return switch (size()) {
            case 1 -> (byte) memory.octet(address());
            case 2 -> (short) memory.halfword(address());
            case 4 -> memory.word(address());
            default -> throw wrongSize("1, 2 or 4");
        };
    }

    /**
     * Its value as an unsigned number of its size, 1, 2 or 4 octets, or as a signed one of 8.
     *
     * <pre>{@code
     * assertThat(board.variable("ticks").asLong()).isGreaterThan(1000);
     * }</pre>
     *
     * @throws AssertionError if it has another size
     */
    public long asLong() {
        return switch (size()) {
            case 1 -> memory.octet(address());
            case 2 -> memory.halfword(address());
            case 4 -> Integer.toUnsignedLong(memory.word(address()));
            case 8 -> ByteBuffer.wrap(octets()).order(ByteOrder.LITTLE_ENDIAN).getLong();
            default -> throw wrongSize("1, 2, 4 or 8");
        };
    }

    private AssertionError wrongSize(String sizes) {
        return new AssertionError(
                "'%s' has %d octets, a number has %s; take octets()".formatted(symbol.name(), size(), sizes));
    }

    /**
     * Its octets as they stand in memory.
     *
     * <pre>{@code
     * assertThat(board.variable("key").octets()).startsWith(1, 2, 3);
     * }</pre>
     */
    public byte[] octets() {
        return memory.octets(address(), size());
    }

    /**
     * Its text: an array of characters up to the first NUL.
     *
     * <pre>{@code
     * assertThat(board.variable("version").asString()).isEqualTo("1.2.3");
     * }</pre>
     */
    public String asString() {
        String all = new String(octets(), StandardCharsets.ISO_8859_1);
        int end = all.indexOf(0);
        return end < 0 ? all : all.substring(0, end);
    }

    /**
     * Gives it a value, of which as many of the low octets are taken as it has.
     *
     * <pre>{@code
     * board.variable("simulate_error").set(1);
     * }</pre>
     *
     * @throws AssertionError if it is larger than 8 octets
     */
    public void set(long value) {
        if (size() > Long.BYTES) {
            throw wrongSize("8 at most");
        }
        byte[] octets = new byte[size()];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (value >>> 8 * i);
        }
        memory.write(address(), octets);
    }
}

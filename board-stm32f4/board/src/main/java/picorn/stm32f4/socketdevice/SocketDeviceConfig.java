// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import java.util.Locale;
import java.util.Optional;

/**
 * What a socket device is like.
 *
 * @param size of its stack
 * @param budget octets that its sockets, queues and packets may take together
 */
public record SocketDeviceConfig(Size size, int budget) {
    /** The sizes of a stack (docs/netstack.md, "Three configurations"). */
    public enum Size {
        FULL,
        CLIENT,
        MINIMAL
    }

    /** How {@link #parse} wants it written. */
    public static final String USAGE = "full|client|minimal[,budget=SIZE]";

    private static final int SMALLEST = 32 << 10;
    private static final int LARGEST = 64 << 20;
    private static final String BUDGET = "budget=";

    /** Checks the budget. */
    public SocketDeviceConfig {
        if (budget < SMALLEST || budget > LARGEST) {
            throw new IllegalArgumentException("a socket device's budget is 32K to 64M, not " + budget);
        }
    }

    /** The size with the memory that the board of the 2015 demo had: 256 KiB. */
    public SocketDeviceConfig(Size size) {
        this(size, 256 << 10);
    }

    /**
     * Reads it as users write it.
     *
     * @throws IllegalArgumentException if it is written otherwise than {@link #USAGE}; the message says what is wrong
     */
    public static SocketDeviceConfig parse(String text) {
        String[] parts = text.split(",", 2);
        SocketDeviceConfig config = new SocketDeviceConfig(size(parts[0])
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is no size of a stack; write %s".formatted(parts[0], USAGE))));
        if (parts.length == 1) {
            return config;
        }
        if (!parts[1].startsWith(BUDGET)) {
            throw new IllegalArgumentException("'%s' cannot be; write %s".formatted(parts[1], USAGE));
        }
        return new SocketDeviceConfig(config.size, octets(parts[1].substring(BUDGET.length())));
    }

    private static Optional<Size> size(String text) {
        for (Size each : Size.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static int octets(String text) {
        String digits = text.replaceFirst("[kKM]$", "");
        int unit = text.endsWith("M") ? 1 << 20 : digits.length() < text.length() ? 1 << 10 : 1;
        if (!digits.matches("[0-9]{1,9}") || Long.parseLong(digits) * unit > LARGEST) {
            throw new IllegalArgumentException("'%s' is no budget; write such as 256K or 1M".formatted(text));
        }
        return Integer.parseInt(digits) * unit;
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.gdb;

import java.nio.charset.StandardCharsets;

/** Octets as pairs of hexadecimal digits, as most packets hold them. */
final class Hex {
    private static final String DIGITS = "0123456789abcdef";

    private Hex() {}

    static String encode(byte[] octets) {
        StringBuilder text = new StringBuilder(2 * octets.length);
        for (byte octet : octets) {
            text.append(DIGITS.charAt(octet >> 4 & 15)).append(DIGITS.charAt(octet & 15));
        }
        return text.toString();
    }

    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The octets of {@code value} in the target's order, least significant first. */
    static String word(int value) {
        return "%08x".formatted(Integer.reverseBytes(value));
    }

    static byte[] decode(String text) throws MalformedPacket {
        if (text.length() % 2 != 0) {
            throw MalformedPacket.INSTANCE;
        }
        byte[] octets = new byte[text.length() / 2];
        for (int i = 0; i < octets.length; i++) {
            int high = Character.digit(text.charAt(2 * i), 16);
            int low = Character.digit(text.charAt(2 * i + 1), 16);
            if (high < 0 || low < 0) {
                throw MalformedPacket.INSTANCE;
            }
            octets[i] = (byte) (high << 4 | low);
        }
        return octets;
    }
}

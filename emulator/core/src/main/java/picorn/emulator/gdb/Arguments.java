// SPDX-License-Identifier: MIT
package picorn.emulator.gdb;

/** What follows the name of a command: hexadecimal numbers with marks between them, then perhaps data, an octet a character. */
final class Arguments {
    private final String text;
    private int at;

    Arguments(String text) {
        this.text = text;
    }

    /** A number of at most 32 bits. */
    int number() throws MalformedPacket {
        int start = at;
        long value = 0;
        while (at < text.length() && Character.digit(text.charAt(at), 16) >= 0) {
            value = value << 4 | Character.digit(text.charAt(at++), 16);
            if (value > 0xFFFF_FFFFL) {
                throw MalformedPacket.INSTANCE;
            }
        }
        if (at == start) {
            throw MalformedPacket.INSTANCE;
        }
        return (int) value;
    }

    /** A number from 0 to {@code most}. */
    int number(int most) throws MalformedPacket {
        int value = number();
        if (value < 0 || value > most) {
            throw MalformedPacket.INSTANCE;
        }
        return value;
    }

    /** Passes over {@code mark}, which has to be next. */
    Arguments mark(char mark) throws MalformedPacket {
        if (!takes(mark)) {
            throw MalformedPacket.INSTANCE;
        }
        return this;
    }

    /** Passes over {@code mark} if it is next. */
    boolean takes(char mark) {
        if (at == text.length() || text.charAt(at) != mark) {
            return false;
        }
        at++;
        return true;
    }

    /** All that is left. */
    String rest() {
        return text.substring(at);
    }

    /** All that is left, which has to be {@code octets} pairs of hexadecimal digits. */
    byte[] hex(int octets) throws MalformedPacket {
        byte[] value = Hex.decode(rest());
        if (value.length != octets) {
            throw MalformedPacket.INSTANCE;
        }
        return value;
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.dwarf;

import java.nio.charset.StandardCharsets;

/** Reads a debug section's little-endian data one after the other (DWARF 5, section 7). */
final class Cursor {
    private static final int DWARF_64 = 0xFFFF_FFFF;
    private static final int RESERVED = 0xFFFF_FFF0;

    private static final int LONGEST_TEXT = 1024;

    private final byte[] octets;
    private final int end;
    private int at;

    Cursor(byte[] octets) {
        this(octets, 0, octets.length);
    }

    private Cursor(byte[] octets, int at, int end) {
        this.octets = octets;
        this.at = at;
        this.end = end;
    }

    boolean hasMore() {
        return at < end;
    }

    /** What is left, up to {@code length} octets, which this goes past. */
    Cursor take(long length) throws Malformed {
        int from = at;
        skip(length);
        return new Cursor(octets, from, at);
    }

    void skip(long length) throws Malformed {
        require(length);
        at += (int) length;
    }

    private void require(long length) throws Malformed {
        if (length < 0 || length > end - at) {
            throw new Malformed("data end at offset 0x%x".formatted(end));
        }
    }

    int octet() throws Malformed {
        require(1);
        return octets[at++] & 0xFF;
    }

    int halfword() throws Malformed {
        return octet() | octet() << 8;
    }

    int word() throws Malformed {
        return halfword() | halfword() << 16;
    }

    private long doubleword() throws Malformed {
        return Integer.toUnsignedLong(word()) | (long) word() << 32;
    }

    /** An offset or a length of the 32-bit or the 64-bit format (7.4). */
    long offset(OffsetSize size) throws Malformed {
        return size == OffsetSize.DWARF_64 ? doubleword() : Integer.toUnsignedLong(word());
    }

    /** A unit: its length tells the size of its offsets (7.4). */
    Unit unit() throws Malformed {
        int first = word();
        if (first == DWARF_64) {
            return new Unit(take(doubleword()), OffsetSize.DWARF_64);
        }
        if (Integer.compareUnsigned(first, RESERVED) >= 0) {
            throw new Malformed("a unit's length is the reserved 0x%08x".formatted(first));
        }
        return new Unit(take(Integer.toUnsignedLong(first)), OffsetSize.DWARF_32);
    }

    /** A number of variable length without sign (7.6); bits beyond the 64th are lost. */
    long uleb128() throws Malformed {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int octet = octet();
            value |= shift < Long.SIZE ? (long) (octet & 0x7F) << shift : 0;
            if (octet < 0x80) {
                return value;
            }
        }
    }

    /** A number of variable length with sign (7.6). */
    long sleb128() throws Malformed {
        long value = 0;
        for (int shift = 0; ; ) {
            int octet = octet();
            value |= shift < Long.SIZE ? (long) (octet & 0x7F) << shift : 0;
            shift += 7;
            if (octet < 0x80) {
                return shift < Long.SIZE && (octet & 0x40) != 0 ? value | -1L << shift : value;
            }
        }
    }

    /** Text up to a NUL, which this goes past. */
    String text() throws Malformed {
        int from = at;
        while (octet() != 0) {
            if (at - from > LONGEST_TEXT) {
                throw new Malformed("a name of more than %d octets".formatted(LONGEST_TEXT));
            }
        }
        return new String(octets, from, at - 1 - from, StandardCharsets.UTF_8);
    }

    /** How large offsets are. */
    enum OffsetSize {
        DWARF_32,
        DWARF_64
    }

    /** A unit's octets behind its length. */
    record Unit(Cursor in, OffsetSize offsets) {}
}

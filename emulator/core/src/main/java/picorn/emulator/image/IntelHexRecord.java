// SPDX-License-Identifier: MIT
package picorn.emulator.image;

/** One line of an Intel HEX file (specification, sections 1 to 8): ':', length, offset, type, data, checksum. */
record IntelHexRecord(Octets file, int line, int offset, Type type, byte[] data) {
    private static final int FIXED = 5; // length, offset (2), type, checksum
    private static final int LENGTH = 0;
    private static final int OFFSET = 1;
    private static final int TYPE = 3;
    private static final int DATA = 4;
    private static final String AGAIN = "it is corrupt: copy or build it again";

    /** What a record is for; the ordinal is RECTYP. */
    enum Type {
        DATA(-1),
        END_OF_FILE(0),
        EXTENDED_SEGMENT_ADDRESS(2),
        START_SEGMENT_ADDRESS(4),
        EXTENDED_LINEAR_ADDRESS(2),
        START_LINEAR_ADDRESS(4);

        /** Octets of data, or -1 for any number. */
        private final int length;

        Type(int length) {
            this.length = length;
        }
    }

    /** The record in the file's octets {@code from} to {@code to}, which are line {@code line}. */
    static IntelHexRecord parse(Octets file, int line, int from, int to) throws BadImage {
        if (file.at(from) != ':') {
            throw bad(file, line, "it does not start with a colon", AGAIN);
        }
        byte[] octets = octets(file, line, from + 1, to);
        if (octets.length < FIXED || octets.length != FIXED + (octets[LENGTH] & 0xFF)) {
            throw bad(
                    file,
                    line,
                    "its length is not what it states",
                    "it is truncated or corrupt: copy or build it again");
        }
        checkSum(file, line, octets);
        byte[] data = new byte[octets.length - FIXED];
        System.arraycopy(octets, DATA, data, 0, data.length);
        int offset = (octets[OFFSET] & 0xFF) << 8 | octets[OFFSET + 1] & 0xFF;
        return new IntelHexRecord(file, line, offset, type(file, line, octets[TYPE] & 0xFF, data.length), data);
    }

    private static byte[] octets(Octets file, int line, int from, int to) throws BadImage {
        byte[] octets = new byte[Math.min((to - from) / 2, FIXED + 0x100)];
        for (int i = from; i < to; i++) {
            int digit = IntelHexReader.digit(file.at(i));
            if (digit < 0) {
                throw bad(file, line, "it holds something other than hexadecimal digits", AGAIN);
            }
            int at = (i - from) / 2;
            if (at >= octets.length) {
                throw bad(file, line, "it is too long or has half an octet", AGAIN);
            }
            octets[at] = (byte) (octets[at] << 4 | digit);
        }
        return octets;
    }

    private static void checkSum(Octets file, int line, byte[] octets) throws BadImage {
        int sum = 0;
        for (int i = 0; i < octets.length - 1; i++) {
            sum += octets[i];
        }
        int stated = octets[octets.length - 1] & 0xFF;
        if ((-sum & 0xFF) != stated) {
            throw bad(file, line, "its checksum is 0x%02X, but 0x%02X is stated".formatted(-sum & 0xFF, stated), AGAIN);
        }
    }

    private static Type type(Octets file, int line, int code, int length) throws BadImage {
        if (code >= Type.values().length) {
            throw bad(file, line, "its record type 0x%02X does not exist".formatted(code), AGAIN);
        }
        Type type = Type.values()[code];
        if (type.length >= 0 && type.length != length) {
            throw bad(
                    file,
                    line,
                    "its record type 0x%02X has %d octets of data, not %d".formatted(code, type.length, length),
                    AGAIN);
        }
        return type;
    }

    /** Two octets of data, big-endian. */
    int halfword(int at) {
        return (data[at] & 0xFF) << 8 | data[at + 1] & 0xFF;
    }

    BadImage bad(String what, String mend) {
        return bad(file, line, what, mend);
    }

    private static BadImage bad(Octets file, int line, String what, String mend) {
        return file.bad("line %d: %s".formatted(line, what), mend);
    }
}

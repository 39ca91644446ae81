// SPDX-License-Identifier: MIT
package picorn.emulator.gdb;

/** Finds packets in a stream of octets (E.1, "Overview"): {@code $data#checksum}, acknowledgements, and Ctrl-C between them. */
final class PacketReader {
    /** Characters of a packet that are kept; a longer one is refused. */
    static final int LONGEST = 1 << 14;

    private static final int INTERRUPT = 3;
    private static final int ESCAPED = 0x20;

    /** Takes what was found. */
    interface Sink {
        /** A packet whose checksum is right, an octet a character, escapes resolved. */
        void packet(String data);

        /** A packet that is damaged or too long. */
        void damaged();

        /** The packet sent last did not arrive well. */
        void refused();

        /** Ctrl-C. */
        void interrupted();
    }

    private enum State {
        BETWEEN,
        DATA,
        FIRST_DIGIT,
        SECOND_DIGIT
    }

    private final Sink sink;
    private final StringBuilder data = new StringBuilder();
    private State state = State.BETWEEN;
    private boolean escaped;
    private int sum;
    private int checksum;

    PacketReader(Sink sink) {
        this.sink = sink;
    }

    /** Begins anew, as with a new connection. */
    void reset() {
        state = State.BETWEEN;
    }

    void received(byte[] octets) {
        for (byte octet : octets) {
            received(octet & 0xFF);
        }
    }

    private void received(int octet) {
        switch (state) {
            case BETWEEN -> between(octet);
            case DATA -> data(octet);
            case FIRST_DIGIT -> {
                checksum = Character.digit(octet, 16) << 4;
                state = State.SECOND_DIGIT;
            }
            case SECOND_DIGIT -> {
                state = State.BETWEEN;
                end(checksum | Character.digit(octet, 16));
            }
        }
    }

    private void between(int octet) {
        switch (octet) {
            case '$' -> begin();
            case '-' -> sink.refused();
            case INTERRUPT -> sink.interrupted();
            default -> {} // an acknowledgement, or noise
        }
    }

    private void begin() {
        data.setLength(0);
        sum = 0;
        escaped = false;
        state = State.DATA;
    }

    private void data(int octet) {
        if (octet == '$') {
            begin();
        } else if (octet == '#') {
            state = State.FIRST_DIGIT;
        } else {
            sum += octet;
            add(octet);
        }
    }

    private void add(int octet) {
        if (escaped) {
            escaped = false;
            append(octet ^ ESCAPED);
        } else if (octet == '}') {
            escaped = true;
        } else {
            append(octet);
        }
    }

    private void append(int octet) {
        if (data.length() <= LONGEST) {
            data.append((char) octet);
        }
    }

    private void end(int found) {
        if (found == (sum & 0xFF) && data.length() <= LONGEST) {
            sink.packet(data.toString());
        } else {
            sink.damaged();
        }
    }
}

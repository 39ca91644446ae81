// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Intel Hexadecimal Object File Format Specification, revision A (1988): all six record types. */
final class IntelHexReader {
    /** Pieces that do not follow one another; no linker makes nearly as many. */
    private static final int MOST_SEGMENTS = 1 << 16;

    private static final int WINDOW = 1 << 16;
    private static final String AGAIN = "it is corrupt: copy or build it again";

    private final Octets file;
    private final List<Segment> segments = new ArrayList<>();
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private long pieceStart;
    private long base;
    private Addressing addressing = Addressing.LINEAR;
    private OptionalInt entry = OptionalInt.empty();
    private boolean ended;

    /** What a record's 16-bit offset does at its end: it wraps within a segment, and carries on in linear space. */
    private enum Addressing {
        SEGMENTED,
        LINEAR
    }

    private IntelHexReader(Octets file) {
        this.file = file;
    }

    static boolean recognises(Octets file) {
        int start = 0;
        while (isSpace(file.at(start))) {
            start++;
        }
        return file.at(start) == ':' && digit(file.at(start + 1)) >= 0 && digit(file.at(start + 2)) >= 0;
    }

    static Image read(Octets file) throws BadImage {
        IntelHexReader reader = new IntelHexReader(file);
        reader.readLines();
        reader.endPiece();
        if (!reader.ended) {
            throw file.bad("it has no end-of-file record (:00000001FF)", "it is truncated: copy or build it again");
        }
        if (reader.segments.isEmpty()) {
            throw file.bad("it holds no data", "build it again");
        }
        return new Image(file.file(), ImageFormat.INTEL_HEX, "Intel HEX", reader.segments, reader.entry, Symbols.NONE);
    }

    private void readLines() throws BadImage {
        int line = 1;
        for (int at = 0; at < file.size(); line++) {
            int end = at;
            while (end < file.size() && file.at(end) != '\n') {
                end++;
            }
            int last = end;
            while (last > at && isSpace(file.at(last - 1))) {
                last--;
            }
            while (at < last && isSpace(file.at(at))) {
                at++;
            }
            if (at < last) {
                accept(IntelHexRecord.parse(file, line, at, last));
            }
            at = end + 1;
        }
    }

    private void accept(IntelHexRecord read) throws BadImage {
        if (ended) {
            throw read.bad("a record follows the end-of-file record", "join files with objcopy or srec_cat");
        }
        switch (read.type()) {
            case DATA -> data(read);
            case END_OF_FILE -> ended = true;
            case EXTENDED_SEGMENT_ADDRESS -> rebase(Addressing.SEGMENTED, (long) read.halfword(0) << 4);
            case EXTENDED_LINEAR_ADDRESS -> rebase(Addressing.LINEAR, (long) read.halfword(0) << 16);
            case START_SEGMENT_ADDRESS -> entry = OptionalInt.of((read.halfword(0) << 4) + read.halfword(2));
            case START_LINEAR_ADDRESS -> entry = OptionalInt.of(read.halfword(0) << 16 | read.halfword(2));
        }
    }

    private void rebase(Addressing mode, long address) {
        addressing = mode;
        base = address;
    }

    private void data(IntelHexRecord read) throws BadImage {
        int length = read.data().length;
        int beforeWrap = addressing == Addressing.SEGMENTED ? Math.min(length, WINDOW - read.offset()) : length;
        append(read, base + read.offset(), 0, beforeWrap);
        append(read, base, beforeWrap, length);
    }

    private void append(IntelHexRecord read, long address, int from, int to) throws BadImage {
        if (from == to) {
            return;
        }
        if (address != pieceStart + piece.size()) {
            endPiece();
            pieceStart = address;
            if (segments.size() >= MOST_SEGMENTS) {
                throw read.bad("more than %d scattered pieces of data".formatted(MOST_SEGMENTS), AGAIN);
            }
        }
        piece.write(read.data(), from, to - from);
    }

    private void endPiece() {
        if (piece.size() > 0) {
            segments.add(new Segment((int) pieceStart, piece.toByteArray()));
            piece.reset();
        }
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    /** The value of a hexadecimal digit, or -1. */
    static int digit(int c) {
        return c >= 0 && c < 0x80 ? Character.digit(c, 16) : -1;
    }
}

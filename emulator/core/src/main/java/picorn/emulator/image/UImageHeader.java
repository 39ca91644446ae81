// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Header of U-Boot's legacy image format: image_header_t of U-Boot's include/image.h, big-endian. */
record UImageHeader(
        int magic,
        int headerCrc,
        int time,
        int size,
        int load,
        int entry,
        int dataCrc,
        int os,
        int architecture,
        int type,
        int compression,
        String name) {
    static final int SIZE = 64;
    static final int MAGIC = 0x27051956;
    /** Offset of {@link #headerCrc}, which counts as zero in its own computation. */
    static final int HEADER_CRC = 4;

    private static final int NAME_SIZE = 32;

    static UImageHeader parse(Octets file) throws BadImage {
        ByteBuffer in = file.view(0, SIZE, ByteOrder.BIG_ENDIAN, "the uImage header");
        return new UImageHeader(
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.get() & 0xFF,
                in.get() & 0xFF,
                in.get() & 0xFF,
                in.get() & 0xFF,
                text(in));
    }

    /** Octets of the payload, without sign. */
    long payload() {
        return Integer.toUnsignedLong(size);
    }

    private static String text(ByteBuffer in) {
        byte[] name = new byte[NAME_SIZE];
        in.get(name);
        String padded = new String(name, StandardCharsets.ISO_8859_1);
        int end = padded.indexOf(0);
        return Printable.of(end < 0 ? padded : padded.substring(0, end));
    }
}

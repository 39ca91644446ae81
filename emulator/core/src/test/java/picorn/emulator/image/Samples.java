// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/** Images and parts of them for tests. */
final class Samples {
    static final int GLOBAL_FUNCTION = 0x12;
    static final int GLOBAL_OBJECT = 0x11;

    private Samples() {}

    /** Octets 1, 2, 3 and so on. */
    static byte[] count(int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (i + 1);
        }
        return octets;
    }

    /** Text in flash, data that lives in SRAM and is kept in flash, .bss, two symbols. */
    static ElfBuilder elf() {
        return new ElfBuilder()
                .entry(0x0800_0011)
                .load(0x0800_0000, 0x0800_0000, count(32))
                .load(0x2000_0000, 0x0800_0020, count(8))
                .load(0x2000_0008, 0x0800_0028, new byte[0], 64)
                .symbol("main", 0x0800_0011, 16, GLOBAL_FUNCTION, 1)
                .symbol("counter", 0x2000_0004, 4, GLOBAL_OBJECT, 2);
    }

    /** A uImage, ARM, with both checksums right. */
    static byte[] uImage(int type, int compression, int load, int entry, byte[] payload) {
        return uImage(2, type, compression, load, entry, payload);
    }

    static byte[] uImage(int architecture, int type, int compression, int load, int entry, byte[] payload) {
        ByteBuffer image = ByteBuffer.allocate(64 + payload.length);
        image.putInt(0x2705_1956)
                .putInt(0)
                .putInt(0)
                .putInt(payload.length)
                .putInt(load)
                .putInt(entry);
        image.putInt(crc(payload, payload.length)).put((byte) 5).put((byte) architecture);
        image.put((byte) type).put((byte) compression).put("Linux-2.6.33".getBytes(StandardCharsets.US_ASCII));
        image.position(64).put(payload);
        return sealed(image.array());
    }

    /** Puts the right CRC into a uImage's header. */
    static byte[] sealed(byte[] image) {
        ByteBuffer.wrap(image).putInt(4, 0);
        ByteBuffer.wrap(image).putInt(4, crc(image, 64));
        return image;
    }

    static int crc(byte[] octets, int length) {
        CRC32 crc = new CRC32();
        crc.update(octets, 0, length);
        return (int) crc.getValue();
    }

    static byte[] gzip(byte[] octets) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static Image read(String name, byte[] contents) throws BadImage {
        return ImageReader.read(name, contents, OptionalInt.empty());
    }
}

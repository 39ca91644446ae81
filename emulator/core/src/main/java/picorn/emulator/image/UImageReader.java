// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;

/** U-Boot's legacy images (U-Boot's include/image.h): kernels and stand-alone programs for ARM, plain or packed by gzip. */
final class UImageReader {
    private static final int ARM = 2;
    private static final int STANDALONE = 1;
    private static final int KERNEL = 2;
    private static final int PLAIN = 0;
    private static final int GZIP = 1;
    private static final String AGAIN = "it is corrupt: copy or build it again";

    private UImageReader() {}

    static boolean recognises(Octets file) {
        return file.startsWith(
                UImageHeader.MAGIC >>> 24,
                UImageHeader.MAGIC >>> 16 & 0xFF,
                UImageHeader.MAGIC >>> 8 & 0xFF,
                UImageHeader.MAGIC & 0xFF);
    }

    static Image read(Octets file) throws BadImage {
        UImageHeader header = UImageHeader.parse(file);
        checkHeader(file, header);
        checkKind(file, header);
        byte[] payload = payload(file, header);
        String packed = header.compression() == GZIP ? ", gzip" : "";
        return new Image(
                file.file(),
                ImageFormat.UIMAGE,
                "uImage '%s'%s".formatted(header.name(), packed),
                List.of(new Segment(header.load(), payload)),
                OptionalInt.of(header.entry()),
                Symbols.NONE);
    }

    private static void checkHeader(Octets file, UImageHeader header) throws BadImage {
        byte[] octets = file.copy(0, UImageHeader.SIZE, "the uImage header");
        for (int i = 0; i < Integer.BYTES; i++) {
            octets[UImageHeader.HEADER_CRC + i] = 0;
        }
        CRC32 crc = new CRC32();
        crc.update(octets);
        checkCrc(file, "header", UImageHeader.HEADER_CRC, header.headerCrc(), (int) crc.getValue());
    }

    private static void checkCrc(Octets file, String what, int at, int stated, int computed) throws BadImage {
        if (stated != computed) {
            throw file.bad(
                    "the CRC of its %s is 0x%08x, but 0x%08x is stated at offset 0x%x"
                            .formatted(what, computed, stated, at),
                    AGAIN);
        }
    }

    private static void checkKind(Octets file, UImageHeader header) throws BadImage {
        if (header.architecture() != ARM) {
            throw file.bad(
                    "it is a uImage for architecture %d (offset 0x1d), not ARM (2)".formatted(header.architecture()),
                    "make it with mkimage -A arm");
        }
        if (header.type() != KERNEL && header.type() != STANDALONE) {
            throw file.bad(
                    "it is a uImage of type %d (offset 0x1e), neither kernel (2) nor stand-alone (1)"
                            .formatted(header.type()),
                    "make it with mkimage -T kernel");
        }
        if (header.compression() != PLAIN && header.compression() != GZIP) {
            throw file.bad(
                    "it is a uImage with compression %d (offset 0x1f), neither none (0) nor gzip (1)"
                            .formatted(header.compression()),
                    "make it with mkimage -C gzip");
        }
    }

    private static byte[] payload(Octets file, UImageHeader header) throws BadImage {
        byte[] data = file.copy(UImageHeader.SIZE, header.payload(), "the uImage payload");
        int crc = file.crc32(UImageHeader.SIZE, data.length, "the uImage payload");
        checkCrc(file, "payload", 0x18, header.dataCrc(), crc);
        byte[] payload = header.compression() == GZIP ? unpacked(file, data) : data;
        if (payload.length == 0) {
            throw file.bad("its payload is empty", "build it again");
        }
        return payload;
    }

    private static byte[] unpacked(Octets file, byte[] data) throws BadImage {
        byte[] unpacked;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(data))) {
            unpacked = in.readNBytes(Image.LARGEST + 1);
        } catch (IOException e) {
            throw file.bad("its payload (offset 0x40) is no gzip data", AGAIN);
        }
        if (unpacked.length > Image.LARGEST) {
            throw file.bad(
                    "its payload unpacks to more than %d MB".formatted(Image.LARGEST >> 20),
                    "no board has that much memory: check the name");
        }
        return unpacked;
    }
}

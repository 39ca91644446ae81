// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;

/** An image file's octets. Whoever wants some says where, and gets them or a {@link BadImage} that names the place. */
final class Octets {
    private final String file;
    private final byte[] bytes;

    /** The contents {@code bytes} of {@code file}; nobody changes them from now on. */
    Octets(String file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    String file() {
        return file;
    }

    int size() {
        return bytes.length;
    }

    /** The octet at {@code at}, 0 to 255, or -1 past the end. */
    int at(int at) {
        return at < bytes.length ? bytes[at] & 0xFF : -1;
    }

    /** Whether the file starts with these octets. */
    boolean startsWith(int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (at(i) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** A view of {@code length} octets from {@code at} on, which are the file's {@code what}. */
    ByteBuffer view(long at, long length, ByteOrder order, String what) throws BadImage {
        require(at, length, what);
        return ByteBuffer.wrap(bytes, (int) at, (int) length)
                .slice()
                .asReadOnlyBuffer()
                .order(order);
    }

    /** A copy of {@code length} octets from {@code at} on, which are the file's {@code what}. */
    byte[] copy(long at, long length, String what) throws BadImage {
        require(at, length, what);
        return Arrays.copyOfRange(bytes, (int) at, (int) (at + length));
    }

    /** CRC-32 of {@code length} octets from {@code at} on, which are the file's {@code what}. */
    int crc32(long at, long length, String what) throws BadImage {
        CRC32 crc = new CRC32();
        crc.update(view(at, length, ByteOrder.BIG_ENDIAN, what));
        return (int) crc.getValue();
    }

    private void require(long at, long length, String what) throws BadImage {
        if (at < 0 || length < 0 || length > bytes.length - at) {
            throw bad(
                    "%s (offset 0x%x, %d octets) lies past the end of the file (%d octets)"
                            .formatted(what, at, length, bytes.length),
                    "it is truncated or corrupt: copy or build it again");
        }
    }

    /** What is wrong with this file, and the mend. */
    BadImage bad(String what, String mend) {
        return new BadImage(file, what, mend);
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A pcapng block (draft-ietf-opsawg-pcapng, section 3.1), big-endian: type, length, body padded to 32 bits, length. */
final class PcapngBlock {
    private static final int END_OF_OPTIONS = 0;

    private byte[] array = new byte[4096];
    private int size;

    PcapngBlock begin(int type) {
        size = 0;
        return put32(type).put32(0);
    }

    PcapngBlock put16(int value) {
        room(2);
        array[size++] = (byte) (value >>> 8);
        array[size++] = (byte) value;
        return this;
    }

    PcapngBlock put32(int value) {
        return put16(value >>> 16).put16(value);
    }

    PcapngBlock octets(byte[] from, int offset, int length) {
        room(length + 3);
        System.arraycopy(from, offset, array, size, length);
        size += length;
        while (size % 4 != 0) {
            array[size++] = 0;
        }
        return this;
    }

    PcapngBlock option(int code, byte[] value) {
        return put16(code).put16(value.length).octets(value, 0, value.length);
    }

    PcapngBlock option32(int code, int value) {
        return put16(code).put16(4).put32(value);
    }

    PcapngBlock endOfOptions() {
        return put16(END_OF_OPTIONS).put16(0);
    }

    void end(OutputStream out) throws IOException {
        int total = size + 4;
        put32(total);
        size = 4;
        put32(total);
        out.write(array, 0, total);
    }

    private void room(int octets) {
        if (array.length - size < octets) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, size + octets));
        }
    }
}

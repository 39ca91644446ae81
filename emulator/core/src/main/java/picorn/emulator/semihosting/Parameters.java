// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

import java.nio.charset.StandardCharsets;

/** The data block that a call's PARAMETER REGISTER points to, and what its fields point to. */
final class Parameters {
    private static final int LONGEST_NAME = 1024;

    private final GuestMemory memory;
    private final int block;
    private final byte[] word = new byte[Integer.BYTES];

    /** The block at {@code block}, wherever that is. */
    Parameters(GuestMemory memory, int block) {
        this.memory = memory;
        this.block = block;
    }

    /** Field {@code number}, counted from 1 as the document does. */
    int field(int number) throws Refusal {
        read(block + (number - 1) * Integer.BYTES, word, Integer.BYTES);
        return word[0] & 0xFF | (word[1] & 0xFF) << 8 | (word[2] & 0xFF) << 16 | word[3] << 24;
    }

    void setField(int number, int value) throws Refusal {
        for (int i = 0; i < Integer.BYTES; i++) {
            word[i] = (byte) (value >>> 8 * i);
        }
        write(block + (number - 1) * Integer.BYTES, word, Integer.BYTES);
    }

    /** The name that field {@code pointer} points to and whose length without the NUL is in field {@code size}. */
    String name(int pointer, int size) throws Refusal {
        int length = field(size);
        if (length < 0 || length > LONGEST_NAME) {
            throw Errno.EINVAL.refusal();
        }
        byte[] octets = new byte[length];
        read(field(pointer), octets, length);
        return new String(octets, StandardCharsets.UTF_8);
    }

    void read(int address, byte[] into, int length) throws Refusal {
        if (!memory.read(address, into, 0, length)) {
            throw Errno.EFAULT.refusal();
        }
    }

    void write(int address, byte[] from, int length) throws Refusal {
        if (!memory.write(address, from, 0, length)) {
            throw Errno.EFAULT.refusal();
        }
    }
}

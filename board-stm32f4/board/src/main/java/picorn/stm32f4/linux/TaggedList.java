// SPDX-License-Identifier: MIT
package picorn.stm32f4.linux;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What kernels before device trees were told of their machine: tags, each with its size in words, its number and its words (Linux,
 * Documentation/arm/booting.rst, 4a; arch/arm/include/uapi/asm/setup.h). It begins with ATAG_CORE.
 */
final class TaggedList {
    private static final int CORE = 0x5441_0001;
    private static final int MEM = 0x5441_0002;
    private static final int INITRD2 = 0x5442_0005;
    private static final int CMDLINE = 0x5441_0009;
    private static final int WORD = 4;
    private static final int HEADER_WORDS = 2;

    private final ByteArrayOutputStream list = new ByteArrayOutputStream();

    TaggedList() {
        tag(CORE, words());
    }

    /** Memory of {@code size} octets from {@code start}. */
    TaggedList memory(int size, int start) {
        return tag(MEM, words(size, start));
    }

    /** An initial file system of {@code size} octets from {@code start}. */
    TaggedList initrd(int start, int size) {
        return tag(INITRD2, words(start, size));
    }

    /** The kernel's command line. */
    TaggedList commandLine(String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        return tag(CMDLINE, Arrays.copyOf(octets, octets.length + WORD & -WORD)); // with its NUL
    }

    private TaggedList tag(int number, byte[] content) {
        list.writeBytes(words(HEADER_WORDS + content.length / WORD, number));
        list.writeBytes(content);
        return this;
    }

    private static byte[] words(int... words) {
        ByteBuffer octets = ByteBuffer.allocate(WORD * words.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) {
            octets.putInt(word);
        }
        return octets.array();
    }

    /** The list as it stands in memory, ATAG_NONE at its end. */
    byte[] toOctets() {
        ByteArrayOutputStream ended = new ByteArrayOutputStream();
        ended.writeBytes(list.toByteArray());
        ended.writeBytes(words(0, 0));
        return ended.toByteArray();
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.debug;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import picorn.emulator.bus.PageWriter;
import picorn.emulator.cpu.Ram;

/** What memories held at a moment, in pages; those that are as in an earlier image are shared with it. */
final class MemoryImage {
    private static final int PAGE = PageWriter.PAGE;
    private static final byte[] ZERO = new byte[PAGE];

    private final byte[][][] pages;
    private long own;

    private MemoryImage(int memories) {
        pages = new byte[memories][][];
    }

    /** One that shares nothing but pages of zeros. */
    static MemoryImage of(List<Ram> memories) {
        return of(memories, new MemoryImage(memories.size()));
    }

    /** One that shares with {@code earlier}. */
    static MemoryImage of(List<Ram> memories, MemoryImage earlier) {
        MemoryImage image = new MemoryImage(memories.size());
        byte[] page = new byte[PAGE];
        for (int n = 0; n < memories.size(); n++) {
            Ram ram = memories.get(n);
            image.pages[n] = new byte[(ram.size() + PAGE - 1) / PAGE][];
            if (ram.isUntouched()) {
                Arrays.fill(image.pages[n], ZERO);
                continue;
            }
            for (int i = 0; i < image.pages[n].length; i++) {
                int length = length(ram, i);
                ram.read(i * PAGE, page, 0, length);
                byte[] before = earlier.pages[n] == null ? ZERO : earlier.pages[n][i];
                image.pages[n][i] = image.shared(page, length, before);
            }
        }
        return image;
    }

    private byte[] shared(byte[] page, int length, byte[] before) {
        if (Arrays.equals(page, 0, length, before, 0, length)) {
            return before;
        }
        own += PAGE;
        return Arrays.copyOf(page, PAGE);
    }

    private static int length(Ram ram, int page) {
        return Math.min(PAGE, ram.size() - page * PAGE);
    }

    /** Puts it back. */
    void restore(Rewindable into) {
        PageWriter writer = new PageWriter(into.machine().bus());
        for (int n = 0; n < pages.length; n++) {
            Ram ram = into.memories().get(n);
            for (int i = 0; i < pages[n].length; i++) {
                if (pages[n][i] != ZERO || !ram.isUntouched()) {
                    writer.put(ram, i * PAGE, pages[n][i]);
                }
            }
        }
    }

    /** Octets that it did not share when it was made. */
    long own() {
        return own;
    }

    /** The octets that these images take together. */
    static long octets(List<MemoryImage> images) {
        Set<byte[]> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        for (MemoryImage image : images) {
            for (byte[][] memory : image.pages) {
                Collections.addAll(distinct, memory);
            }
        }
        return (long) distinct.size() * PAGE;
    }
}

// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picorn.stm32f4.memory.ArrayRam;

/** Memory that knows the descriptors read from it and notes every block written that none of them names. */
final class WatchedRam extends ArrayRam {
    private static final int DESCRIPTOR = 16;
    private static final int WORD = 4;

    /** The words of a descriptor when it was last read. */
    private record Named(int words1, int buffer1, int buffer2) {
        boolean names(int address, int length) {
            return in(buffer1, words1 & 0x1FFF, address, length)
                    || in(buffer2, words1 >>> 16 & 0x1FFF, address, length);
        }

        /** Where no frame starts, the DMA leaves the address's lower bits out (RM0090, RDES2). */
        private static boolean in(int buffer, int size, int address, int length) {
            int from = buffer & -WORD;
            return address >= from && address + length <= from + size;
        }
    }

    final List<String> stray = new ArrayList<>();
    private final Map<Integer, Named> descriptors = new HashMap<>();
    private final int base;

    WatchedRam(int base, int size) {
        super(size);
        this.base = base;
    }

    @Override
    public void read(int offset, byte[] into, int at, int length) {
        super.read(offset, into, at, length);
        if (length == DESCRIPTOR) {
            descriptors.put(offset, new Named(get32(offset + 4), get32(offset + 8), get32(offset + 12)));
        }
    }

    @Override
    public void write(int offset, byte[] from, int at, int length) {
        if (!closes(offset, length) && descriptors.values().stream().noneMatch(d -> d.names(base + offset, length))) {
            stray.add("%d octets at 0x%08x".formatted(length, base + offset));
        }
        super.write(offset, from, at, length);
    }

    /** Status goes to word 0, and extended status and time stamps to words 2, 3, 4, 6 and 7. */
    private boolean closes(int offset, int length) {
        if (length != WORD) {
            return false;
        }
        for (int word : new int[] {0, 2, 3, 4, 6, 7}) {
            if (descriptors.containsKey(offset - WORD * word)) {
                return true;
            }
        }
        return false;
    }
}

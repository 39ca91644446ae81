// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Code that is translated as a whole: blocks, the first one where it is entered, and the places that it was read from. */
final class Region {
    final int entry;
    final List<Block> blocks = new ArrayList<>();
    /** Words of memory that instructions cannot change, by their addresses. */
    final Map<Integer, Integer> literals = new HashMap<>();
    /** Where table branches may go, by their addresses. */
    final Map<Integer, List<Integer>> tables = new HashMap<>();

    private final Map<Page, BitSet> places = new HashMap<>();
    private final Slice slice;
    /** False when any of it has changed since it was read. */
    private boolean valid = true;

    Region(int entry, Slice slice) {
        this.entry = entry;
        this.slice = slice;
    }

    boolean isValid() {
        return valid;
    }

    /** The cycle that it is. */
    long now() {
        return slice.now();
    }

    /** Most changes that the code of one of its pages has gone through. */
    int changes() {
        return places.keySet().stream().mapToInt(page -> page.changes).max().orElse(0);
    }

    /** Lets the pages know of it. */
    void register() {
        places.keySet().forEach(page -> page.regions.add(this));
    }

    /** It is executed no more, and if it is just now, it will be left. */
    void drop() {
        valid = false;
        head().unit = null;
        head().entries = 0;
        head().isRequested = false;
        places.keySet().forEach(page -> page.regions.remove(this));
        slice.leave();
    }

    /** Notes that the halfword at {@code address} of {@code page} is part of it. */
    void reads(Page page, int address) {
        places.computeIfAbsent(page, none -> new BitSet(Page.SIZE / 2)).set((address & Page.MASK) >> 1);
    }

    /** Whether the halfword at {@code within} of {@code page} is part of it. */
    boolean covers(Page page, int within) {
        BitSet halfwords = places.get(page);
        return halfwords != null && halfwords.get(within >> 1);
    }

    /** How many instructions it has. */
    int size() {
        return blocks.stream().mapToInt(block -> block.instructions().size()).sum();
    }

    /** The first instruction. */
    Instruction head() {
        return blocks.get(0).instructions().get(0);
    }

    /** What its translation depends on, and nothing else. */
    List<Object> key() {
        List<Object> key = new ArrayList<>();
        for (Block block : blocks) {
            key.add(block.place());
            for (Instruction i : block.instructions()) {
                key.add(i.code);
                key.add(i.encoding);
            }
        }
        key.add(literals);
        key.add(tables);
        return key;
    }
}

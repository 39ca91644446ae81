// SPDX-License-Identifier: MIT
package picorn.emulator.dwarf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the rows of line tables, a sequence of ascending addresses after the other, and puts the sequences in order. */
final class LineRows {
    /** A Linux kernel for a microcontroller has under a million. */
    private static final int MOST = 8 << 20;

    /** Characters of all files' paths. */
    private static final int MOST_NAMES = 16 << 20;

    private static final int FIRST = 1024;

    private int[] addresses = new int[FIRST];
    private int[] files = new int[FIRST];
    private int[] lines = new int[FIRST];
    private int size;
    /** Where the present sequence began. */
    private int start;

    private final List<Sequence> sequences = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private int characters;

    /** Rows {@code from} to {@code to}, of which the last only tells where code ends. */
    private record Sequence(int from, int to, long first, long end) {}

    void add(int address, String file, int line) throws Malformed {
        if (size == MOST) {
            throw new Malformed("more than %d rows".formatted(MOST));
        }
        if (size == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * size);
            files = Arrays.copyOf(files, 2 * size);
            lines = Arrays.copyOf(lines, 2 * size);
        }
        addresses[size] = address;
        files[size] = number(file);
        lines[size++] = line;
    }

    private int number(String file) throws Malformed {
        Integer known = numbers.get(file);
        if (known != null) {
            return known;
        }
        characters += file.length();
        if (characters > MOST_NAMES) {
            throw new Malformed("more than %d characters of paths".formatted(MOST_NAMES));
        }
        names.add(file);
        numbers.put(file, names.size() - 1);
        return names.size() - 1;
    }

    void endSequence(int address) throws Malformed {
        add(address, "", LineTable.NO_LINE);
        if (isOfUse()) {
            sequences.add(new Sequence(
                    start, size, Integer.toUnsignedLong(addresses[start]), Integer.toUnsignedLong(address)));
            start = size;
        } else {
            abandonSequence();
        }
    }

    /** At 0 GNU ld leaves the functions that it threw away; what a Cortex-M has there is the vector table. */
    private boolean isOfUse() {
        if (addresses[start] == 0) {
            return false;
        }
        for (int i = start + 1; i < size; i++) {
            if (Integer.compareUnsigned(addresses[i - 1], addresses[i]) > 0) {
                return false;
            }
        }
        return true;
    }

    void abandonSequence() {
        size = start;
    }

    /** All rows by address; of sequences that overlap, the first. */
    LineTable toTable() {
        sequences.sort(Comparator.comparingLong(Sequence::first));
        int[] sortedAddresses = new int[size];
        int[] sortedFiles = new int[size];
        int[] sortedLines = new int[size];
        int count = 0;
        long end = 0;
        for (Sequence sequence : sequences) {
            if (sequence.first() >= end) {
                int length = sequence.to() - sequence.from();
                System.arraycopy(addresses, sequence.from(), sortedAddresses, count, length);
                System.arraycopy(files, sequence.from(), sortedFiles, count, length);
                System.arraycopy(lines, sequence.from(), sortedLines, count, length);
                count += length;
                end = sequence.end();
            }
        }
        return new LineTable(
                Arrays.copyOf(sortedAddresses, count),
                Arrays.copyOf(sortedFiles, count),
                Arrays.copyOf(sortedLines, count),
                List.copyOf(names));
    }
}

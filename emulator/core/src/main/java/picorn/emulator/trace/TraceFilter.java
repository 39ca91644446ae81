// SPDX-License-Identifier: MIT
package picorn.emulator.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picorn.emulator.image.Symbol;
import picorn.emulator.image.Symbols;

/**
 * What of a run is traced: the blocks, interrupts and DMA masters of some names, the instructions of some places. Immutable.
 *
 * @param blocks names or beginnings of names, such as "USART1", "GPIO" or "ETH"; none lets all through
 * @param places ranges of instructions; none lets all through
 */
public record TraceFilter(List<String> blocks, List<Range> places) {
    /** Lets everything through. */
    public static final TraceFilter ALL = new TraceFilter(List.of(), List.of());

    /**
     * Addresses of instructions.
     *
     * @param first the first
     * @param last the last, which is in it
     */
    public record Range(int first, int last) {
        boolean contains(int address) {
            return Integer.compareUnsigned(address - first, last - first) <= 0;
        }
    }

    /**
     * Of what a user writes.
     *
     * @param blocks names, separated by commas; empty for all
     * @param places functions, addresses and ranges such as 0x08000000-0x080001ff, separated by commas; empty for all
     * @throws IllegalArgumentException with a message for the user
     */
    public static TraceFilter parse(String blocks, String places, Symbols symbols) {
        List<Range> ranges = new ArrayList<>();
        for (String place : words(places)) {
            ranges.add(range(place, symbols));
        }
        return new TraceFilter(words(blocks), ranges);
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split(",")) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        return words;
    }

    private static Range range(String place, Symbols symbols) {
        Optional<Symbol> function = symbols.named(place);
        if (function.isPresent()) {
            int first = function.get().address();
            return new Range(first, first + (int) Math.max(1, function.get().size()) - 1);
        }
        int dash = place.indexOf('-');
        int first = address(dash < 0 ? place : place.substring(0, dash), place, symbols);
        int last = dash < 0 ? first : address(place.substring(dash + 1), place, symbols);
        if (Integer.compareUnsigned(first, last) > 0) {
            throw new IllegalArgumentException("%s ends before it begins".formatted(place));
        }
        return new Range(first, last);
    }

    private static int address(String text, String place, Symbols symbols) {
        try {
            long address = Long.decode(text.strip());
            if (address >= 0 && address <= 0xFFFF_FFFFL) {
                return (int) address;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(
                "%s is neither a function of the image, which has %d symbols, nor a range such as 0x08000000-0x080001ff"
                        .formatted(place, symbols.size()));
    }

    /** Whether the instruction at {@code pc} is one of those traced. */
    public boolean place(int pc) {
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).contains(pc)) {
                return true;
            }
        }
        return places.isEmpty();
    }

    /** Whether what has this name in the manual is traced: TIM1 lets TIM1_CC through, but not TIM10. */
    public boolean block(String name) {
        for (int i = 0; i < blocks.size(); i++) {
            if (begins(name, blocks.get(i))) {
                return true;
            }
        }
        return blocks.isEmpty();
    }

    private static boolean begins(String name, String beginning) {
        int length = beginning.length();
        return name.regionMatches(true, 0, beginning, 0, length)
                && (name.length() == length || !isDigit(beginning, length - 1) || !isDigit(name, length));
    }

    private static boolean isDigit(String text, int at) {
        return Character.isDigit(text.charAt(at));
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picorn.emulator.dwarf.SourceLine;
import picorn.emulator.dwarf.SourceLines;

/** The functions and objects of a program, by address and by name, and the lines that its code was made from. Immutable. */
public final class Symbols {
    /** Of a program that has none. */
    public static final Symbols NONE = new Symbols(List.of());

    private final List<Symbol> byAddress;
    /** For each place of {@link #byAddress}: where the furthest-reaching symbol up to it ends. */
    private final long[] reach;

    private final Map<String, Symbol> byName = new HashMap<>();
    private final SourceLines lines;
    private final Map<String, Integer> marks;

    /** Of {@code symbols}, without lines; of several that name one place or have one name, the first counts. */
    public Symbols(Collection<Symbol> symbols) {
        this(symbols, SourceLines.NONE);
    }

    /** As {@link #Symbols(Collection)}, with {@code lines}. */
    public Symbols(Collection<Symbol> symbols, SourceLines lines) {
        this(symbols, lines, Map.of());
    }

    /**
     * As {@link #Symbols(Collection, SourceLines)}.
     *
     * @param marks what the linker's script defines that is neither function nor object, such as the end of a stack
     */
    public Symbols(Collection<Symbol> symbols, SourceLines lines, Map<String, Integer> marks) {
        this.lines = lines;
        this.marks = Map.copyOf(marks);
        byAddress = symbols.stream()
                .sorted(Comparator.comparingLong(Symbol::start)) // stable: of equals, the first stays first
                .toList();
        reach = new long[byAddress.size()];
        long furthest = 0;
        for (int i = 0; i < reach.length; i++) {
            furthest = Math.max(furthest, byAddress.get(i).end());
            reach[i] = furthest;
        }
        symbols.forEach(symbol -> byName.putIfAbsent(symbol.name(), symbol));
    }

    /** How many there are. */
    public int size() {
        return byAddress.size();
    }

    /** The function or object that {@code address} is in; of nested ones, that which starts last. */
    public Optional<Symbol> at(int address) {
        for (int i = lastUpTo(address); i >= 0 && reach[i] > Integer.toUnsignedLong(address); i--) {
            if (byAddress.get(i).contains(address)) {
                return Optional.of(first(i, address));
            }
        }
        return Optional.empty();
    }

    /** First address behind the furthest-reaching of the symbols that start before {@code address}; 0 if none does. */
    public long reachBefore(int address) {
        int last = address == 0 ? -1 : lastUpTo(address - 1);
        return last < 0 ? 0 : reach[last];
    }

    /** Place of the last symbol that starts at or before {@code address}, or -1. */
    private int lastUpTo(int address) {
        int low = 0;
        int high = byAddress.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (byAddress.get(middle).start() <= Integer.toUnsignedLong(address)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** Of the symbols that start where that at place {@code last} does and contain {@code address}: the first. */
    private Symbol first(int last, int address) {
        Symbol found = byAddress.get(last);
        for (int i = last - 1; i >= 0 && byAddress.get(i).address() == found.address(); i--) {
            if (byAddress.get(i).contains(address)) {
                found = byAddress.get(i);
            }
        }
        return found;
    }

    /** The symbol with this name. */
    public Optional<Symbol> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The value of what the linker's script defines by this name, or the address of the function or object. */
    public OptionalInt value(String name) {
        Integer mark = marks.get(name);
        if (mark != null) {
            return OptionalInt.of(mark);
        }
        return named(name).map(symbol -> OptionalInt.of(symbol.address())).orElseGet(OptionalInt::empty);
    }

    /** All of them, by address. */
    public List<Symbol> all() {
        return byAddress;
    }

    /** All lines of the code, where debugging information tells. */
    public SourceLines lines() {
        return lines;
    }

    /** Names {@code address} for a reader: "main", "main+0x12", or "0x08001234" where no symbol is. */
    public String describe(int address) {
        return at(address).map(symbol -> describe(symbol, address)).orElseGet(() -> "0x%08x".formatted(address));
    }

    /** The line that the instruction at {@code address} was made from, where debugging information tells. */
    public Optional<SourceLine> line(int address) {
        return lines.at(address);
    }

    /** Names an instruction for a reader: as {@link #describe} does, and its line: "main+0x12 at main.c:42". */
    public String place(int address) {
        return describe(address) + atLine(address);
    }

    /** Names a return address: as {@link #place}, with the line of the call before it. */
    public String callPlace(int returnAddress) {
        return describe(returnAddress) + atLine(returnAddress - 1);
    }

    private String atLine(int address) {
        return line(address).map(line -> " at " + Printable.of(line.toString())).orElse("");
    }

    private static String describe(Symbol symbol, int address) {
        int offset = address - symbol.address();
        return offset == 0 ? symbol.name() : "%s+0x%x".formatted(symbol.name(), offset);
    }
}

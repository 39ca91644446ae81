// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import picorn.emulator.dwarf.SourceLines;

/** The symbol table of an ELF file (System V ABI, edition 4.1, chapter 4, "Symbol Table"). */
final class ElfSymbols {
    private static final int STT_NOTYPE = 0;
    private static final int STT_OBJECT = 1;
    private static final int STT_FUNC = 2;
    private static final int STB_GLOBAL = 1;
    private static final int STB_WEAK = 2;
    private static final int LONGEST_NAME = 1024;
    /** Functions and objects; a Linux kernel has under a hundred thousand. */
    private static final int MOST_SYMBOLS = 1 << 20;
    /** Octets of all names; those of a Linux kernel take two million. */
    private static final int MOST_NAMES = 16 << 20;

    private static final String MEND = "it is corrupt: build it again or remove the symbols (arm-none-eabi-strip)";

    private final Octets file;
    private final List<ElfSection> sections;
    private final ByteBuffer strings;
    private final SourceLines lines;
    private int names;

    /** One entry; the section's number is 0 where the symbol is not defined in this file. */
    private record Entry(int name, int value, long size, int info, int section) {
        static final int SIZE = 16;

        static Entry parse(ByteBuffer in) {
            int name = in.getInt();
            int value = in.getInt();
            long size = Integer.toUnsignedLong(in.getInt());
            int info = in.get();
            in.get(); // visibility
            return new Entry(name, value, size, info & 0xFF, Short.toUnsignedInt(in.getShort()));
        }

        boolean isFunction() {
            return (info & 15) == STT_FUNC;
        }

        boolean counts() {
            return section != 0 && (isFunction() || (info & 15) == STT_OBJECT);
        }

        /** Defined by the linker's script: of no type, seen by all files. */
        boolean isMark() {
            return section != 0 && (info & 15) == STT_NOTYPE && info >> 4 == STB_GLOBAL;
        }

        int address() {
            return isFunction() ? value & ~1 : value;
        }

        long start() {
            return Integer.toUnsignedLong(address());
        }

        /** Of several names of one place: a function's own before those that stand in for others. */
        int rank() {
            return switch (info >> 4) {
                case STB_GLOBAL -> 0;
                case STB_WEAK -> 2;
                default -> 1;
            };
        }
    }

    private ElfSymbols(Octets file, List<ElfSection> sections, ByteBuffer strings, SourceLines lines) {
        this.file = file;
        this.sections = sections;
        this.strings = strings;
        this.lines = lines;
    }

    static Symbols read(Octets file, List<ElfSection> sections, SourceLines lines) throws BadImage {
        Optional<ElfSection> table = sections.stream()
                .filter(section -> section.type() == ElfSection.SHT_SYMTAB)
                .findFirst();
        return table.isPresent() ? read(file, sections, table.get(), lines) : new Symbols(List.of(), lines);
    }

    private static Symbols read(Octets file, List<ElfSection> sections, ElfSection table, SourceLines lines)
            throws BadImage {
        if (table.entrySize() != Entry.SIZE || table.link() >= sections.size()) {
            throw file.bad("the header of its symbol table makes no sense", MEND);
        }
        ElfSection names = sections.get((int) table.link());
        if (names.type() != ElfSection.SHT_STRTAB) {
            throw file.bad("its symbol table has no names", MEND);
        }
        ByteBuffer strings =
                file.view(names.offset(), names.size(), ByteOrder.LITTLE_ENDIAN, "the table of symbol names");
        ByteBuffer entries = file.view(table.offset(), table.size(), ByteOrder.LITTLE_ENDIAN, "the symbol table");
        return new ElfSymbols(file, sections, strings, lines).read(entries);
    }

    private Symbols read(ByteBuffer in) throws BadImage {
        List<Entry> marks = new ArrayList<>();
        List<Entry> entries = entries(in, marks);
        return symbols(entries, values(marks));
    }

    private Map<String, Integer> values(List<Entry> marks) throws BadImage {
        Map<String, Integer> values = new HashMap<>();
        for (Entry mark : marks) {
            values.put(name(mark), mark.value());
        }
        return values;
    }

    private List<Entry> entries(ByteBuffer in, List<Entry> marks) throws BadImage {
        List<Entry> entries = new ArrayList<>();
        while (in.remaining() >= Entry.SIZE) {
            Entry entry = Entry.parse(in);
            if (entry.counts()) {
                entries.add(entry);
            } else if (entry.isMark()) {
                marks.add(entry);
            }
            if (entries.size() + marks.size() > MOST_SYMBOLS) {
                throw file.bad("it has more than %d symbols".formatted(MOST_SYMBOLS), MEND);
            }
        }
        entries.sort(Comparator.comparingInt(Entry::rank));
        return entries;
    }

    private Symbols symbols(List<Entry> entries, Map<String, Integer> marks) throws BadImage {
        NavigableSet<Long> starts = new TreeSet<>();
        entries.forEach(entry -> starts.add(entry.start()));
        List<Symbol> symbols = new ArrayList<>();
        for (Entry entry : entries) {
            String name = name(entry);
            if (!name.isEmpty()
                    && !name.startsWith("$")) { // $t, $d: mapping symbols (ELF for the Arm Architecture, 5.5.5)
                Long next = starts.higher(entry.start());
                symbols.add(symbol(entry, name, next == null ? 1L << 32 : next));
            }
        }
        return new Symbols(symbols, lines, marks);
    }

    private Symbol symbol(Entry entry, String name, long next) {
        long size = entry.size() > 0 ? entry.size() : Math.min(next, endOfSection(entry)) - entry.start();
        return new Symbol(
                name,
                entry.address(),
                Math.max(0, size),
                entry.isFunction() ? Symbol.Kind.FUNCTION : Symbol.Kind.OBJECT);
    }

    private long endOfSection(Entry entry) {
        return entry.section() < sections.size() ? sections.get(entry.section()).end() : entry.start();
    }

    private String name(Entry entry) throws BadImage {
        long at = Integer.toUnsignedLong(entry.name());
        if (at >= strings.limit()) {
            throw file.bad(
                    "a symbol's name (offset 0x%x of %d) lies past its table".formatted(at, strings.limit()), MEND);
        }
        byte[] octets = new byte[length((int) at)];
        names += octets.length;
        if (names > MOST_NAMES) {
            throw file.bad("its symbols' names take more than %d MB".formatted(MOST_NAMES >> 20), MEND);
        }
        strings.get((int) at, octets);
        return Printable.of(new String(octets, StandardCharsets.UTF_8));
    }

    private int length(int at) {
        int most = Math.min(LONGEST_NAME, strings.limit() - at);
        int length = 0;
        while (length < most && strings.get(at + length) != 0) {
            length++;
        }
        return length;
    }
}

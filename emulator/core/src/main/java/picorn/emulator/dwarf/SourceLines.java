// SPDX-License-Identifier: MIT
package picorn.emulator.dwarf;

import java.util.Optional;

/** Which line of its source each instruction of a program was made from. Read when it is first asked. */
public final class SourceLines {
    /** Of a program that was built without debugging information. */
    public static final SourceLines NONE = new SourceLines(new DebugSections(new byte[0], new byte[0], new byte[0]));

    /** Takes a row of a line table. */
    @FunctionalInterface
    public interface Row {
        /** The instructions from {@code first} up to before {@code end} were made from a line of {@code file}, counted from 1. */
        void row(int first, int end, String file, int line);
    }

    private final DebugSections sections;
    private Optional<LineTable> table = Optional.empty();

    /** What {@code sections} tell; what in them makes no sense is left out. */
    public SourceLines(DebugSections sections) {
        this.sections = sections;
    }

    /** The line of the instruction at {@code address}. */
    public Optional<SourceLine> at(int address) {
        return table().at(address);
    }

    /** Tells {@code each} of every row of the table, by ascending address. */
    public void forEach(Row each) {
        table().forEach(each);
    }

    private synchronized LineTable table() {
        if (table.isEmpty()) {
            table = Optional.of(LineTable.read(sections));
        }
        return table.get();
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.dwarf;

import java.util.List;
import java.util.Optional;

/** Rows by ascending address: each holds from its address up to the next row's (DWARF 5, 6.2.1). Immutable. */
final class LineTable {
    /** The line of code that belongs to none, and of the row behind a sequence. */
    static final int NO_LINE = 0;

    private final int[] addresses;
    private final int[] files;
    private final int[] lines;
    private final List<String> names;

    LineTable(int[] addresses, int[] files, int[] lines, List<String> names) {
        this.addresses = addresses;
        this.files = files;
        this.lines = lines;
        this.names = names;
    }

    /** That of all units that make sense. */
    static LineTable read(DebugSections sections) {
        LineRows rows = new LineRows();
        Cursor in = new Cursor(sections.lines());
        try {
            while (in.hasMore()) {
                LineProgram.run(in.unit(), sections, rows);
            }
        } catch (Malformed e) {
            // a unit without a right length: where the next begins is not to be known
        }
        return rows.toTable();
    }

    Optional<SourceLine> at(int address) {
        int row = lastUpTo(address);
        return row < 0 || lines[row] <= NO_LINE
                ? Optional.empty()
                : Optional.of(new SourceLine(names.get(files[row]), lines[row]));
    }

    void forEach(SourceLines.Row each) {
        for (int row = 0; row + 1 < addresses.length; row++) {
            if (lines[row] > NO_LINE && addresses[row] != addresses[row + 1]) {
                each.row(addresses[row], addresses[row + 1], names.get(files[row]), lines[row]);
            }
        }
    }

    private int lastUpTo(int address) {
        int low = 0;
        int high = addresses.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Integer.compareUnsigned(addresses[middle], address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}

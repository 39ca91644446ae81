// SPDX-License-Identifier: MIT
package picorn.emulator.dwarf;

/** The forms that the contents of a line header take (DWARF 5, 7.5.5 and 7.5.6). */
final class LineStrings {
    private static final int DATA2 = 0x05;
    private static final int DATA4 = 0x06;
    private static final int DATA8 = 0x07;
    private static final int STRING = 0x08;
    private static final int BLOCK = 0x09;
    private static final int DATA1 = 0x0B;
    private static final int STRP = 0x0E;
    private static final int UDATA = 0x0F;
    private static final int DATA16 = 0x1E;
    private static final int LINE_STRP = 0x1F;

    private final DebugSections sections;
    private final Cursor.OffsetSize offsets;

    LineStrings(DebugSections sections, Cursor.OffsetSize offsets) {
        this.sections = sections;
        this.offsets = offsets;
    }

    String text(Cursor in, long form) throws Malformed {
        return switch ((int) form) {
            case STRING -> in.text();
            case LINE_STRP -> textAt(sections.lineStrings(), in.offset(offsets));
            case STRP -> textAt(sections.strings(), in.offset(offsets));
            default -> throw unknown(form);
        };
    }

    private static String textAt(byte[] section, long offset) throws Malformed {
        Cursor in = new Cursor(section);
        in.skip(offset);
        return in.text();
    }

    long number(Cursor in, long form) throws Malformed {
        return switch ((int) form) {
            case UDATA -> in.uleb128();
            case DATA1 -> in.octet();
            case DATA2 -> in.halfword();
            case DATA4 -> Integer.toUnsignedLong(in.word());
            default -> throw unknown(form);
        };
    }

    void skip(Cursor in, long form) throws Malformed {
        switch ((int) form) {
            case STRING -> in.text();
            case LINE_STRP, STRP -> in.offset(offsets);
            case DATA8 -> in.skip(8);
            case DATA16 -> in.skip(16);
            case BLOCK -> in.skip(in.uleb128());
            default -> number(in, form);
        }
    }

    private static Malformed unknown(long form) {
        return new Malformed("form 0x%x in a line header".formatted(form));
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/**
 * How an encoding's operands come from its letters, as its syntax says:
 *
 * <ul>
 *   <li>{@code <d>} a register; {@code <s>} flags are set if letter s is, {@code <S>} unless in an IT block;
 *   <li>{@code <i>}, {@code <i*4>} the immediate, scaled; {@code <i+1>} one more; {@code <-i>} subtracted; {@code <vi>} signed by v;
 *   <li>{@code <const>} ThumbExpandImm (A5.3.2); {@code <imm16>} of MOVW; {@code <shift>} a shift of DecodeImmShift (A7.4.2), {@code <lsl>}, {@code <lsr>}, {@code <asr>} the amount of such a shift;
 *   <li>{@code <,shift>}, {@code <,#i>}: with a comma, or left out where it says nothing;
 *   <li>{@code [<n>, ...]}: the address of an access, with {@code ]!} for pre- and {@code ], #} for post-indexing; {@code [pc} is a literal;
 *   <li>{@code <label>} a branch's target, {@code <adr>}, which writes nothing: the immediate is relative to the aligned PC, {@code <adr-i>} below it; {@code <sp!>}, neither: the base is SP, written back;
 *   <li>{@code <list>} the registers of the low 16 bits; {@code <list+lr>}, {@code <list+pc>} of PUSH and POP.
 * </ul>
 */
final class Operands {
    /** Where an access takes its address from. */
    enum Indexing {
        OFFSET,
        PRE,
        POST
    }

    final boolean flagsOutsideIt;
    final boolean flagsByBit;
    final boolean constant;
    final boolean literal;
    final boolean onStack;
    final boolean subtracts;
    final boolean shifts;
    /** The type of a shift that the syntax spells out; -1 if letter y tells. */
    final int fixedShift;

    final boolean label;
    final boolean relative;
    final int scale;
    final int extra;
    final Indexing indexing;

    Operands(Encoding encoding) {
        flagsOutsideIt = encoding.writes("<S>");
        flagsByBit = encoding.has('s') && encoding.writes("<s>");
        constant = encoding.writes("<const>");
        literal = encoding.writes("[pc");
        onStack = encoding.writes("[sp")
                || encoding.writes("<sp!>")
                || encoding.writes(", sp")
                || encoding.writes(" sp, ");
        subtracts = encoding.writes("-i");
        fixedShift = encoding.writes("lsl>")
                ? Shift.LSL
                : encoding.writes("lsr>") ? Shift.LSR : encoding.writes("asr>") ? Shift.ASR : -1;
        shifts = fixedShift >= 0 || encoding.writes("<,shift>");
        label = encoding.writes("<label>");
        relative = encoding.writes("<adr");
        scale = encoding.writes("i*4") ? 4 : encoding.writes("i*2") ? 2 : 1;
        extra = encoding.writes("<i+1>") ? 1 : 0;
        indexing = encoding.writes("]!") || encoding.writes("<sp!>")
                ? Indexing.PRE
                : encoding.writes("], #") ? Indexing.POST : Indexing.OFFSET;
    }

    /** Whether the immediate is subtracted. */
    boolean isNegative(Encoding encoding, int code) {
        return subtracts || encoding.has('v') && encoding.field('v', code) == 0;
    }

    /** ThumbExpandImm: the 32-bit number that 12 bits stand for. */
    static int expand(int imm12) {
        int imm8 = imm12 & 0xff;
        if (imm12 >>> 10 != 0) {
            return Integer.rotateRight(0x80 | imm12 & 0x7f, imm12 >>> 7);
        }
        return switch (imm12 >>> 8) {
            case 0 -> imm8;
            case 1 -> imm8 * 0x0001_0001;
            case 2 -> imm8 * 0x0100_0100;
            default -> imm8 * 0x0101_0101;
        };
    }

    /** Whether {@link #expand} rotates, so that it has a carry out. */
    static boolean rotates(int imm12) {
        return imm12 >>> 10 != 0;
    }

    /** The distance from the PC that the letters of a branch stand for. */
    static int branchOffset(Encoding encoding, int code) {
        int offset = encoding.field('i', code);
        int bits = encoding.width('i');
        if (!encoding.wide()) {
            return encoding.syntax.startsWith("cb") ? offset << 1 : offset << 32 - bits >> 31 - bits;
        }
        int sign = encoding.field('v', code);
        int j = encoding.field('j', code);
        int low = bits == 17
                ? (j & 1) << 18 | (j >> 1) << 17 | offset // J2 above J1
                : (~(j ^ 3 * sign) & 3) << 21 // I1 and I2
                        | offset;
        int width = bits == 17 ? 19 : 23;
        return (sign << width | low) << 31 - width >> 31 - width << 1;
    }
}

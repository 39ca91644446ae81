// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/** A decoded instruction: its meaning and its operands in the form that the meaning wants. */
final class Instruction {
    final Encoding encoding;
    final int address;
    final int code;
    final int length;
    final Meaning meaning;

    /** Registers; {@link Core#ZERO} where there is none. */
    final int d;

    final int n;
    final int m;
    final int a;
    final int t;
    final int u;
    /** The immediate, a branch's target, or an absolute address. */
    final int i;
    /** A second number. */
    final int w;
    /** The carry out of the immediate's expansion: 0, 1, or -1 to leave C alone. */
    final int carry;

    final boolean setsFlags;
    final int condition;
    final int list;
    /** A shift: see {@link Shift}. */
    final int shiftType;

    final int shiftAmount;
    /** An access is at Rn + (Rm shifted) + offset, and then adds {@code delta} to Rn if it writes back. */
    final int offset;

    final int delta;
    final boolean writesBack;

    /** How often a branch has come here, and what is executed in place of it; only the thread of its machine uses these. */
    int entries;

    Translated unit;
    /** Whether that is on its way. */
    boolean isRequested;

    /** What it is to {@link Pipeline}, which makes it where cycles are counted. */
    PipelineUse pipelineUse;

    Instruction(Encoding encoding, int code, int address, boolean inItBlock) {
        this.encoding = encoding;
        this.code = code;
        this.address = address;
        Operands operands = encoding.operands();
        length = encoding.wide() ? 4 : 2;
        d = encoding.has('D') ? floating('D') : register('d');
        n = encoding.has('N') ? floating('N') : base(operands);
        m = encoding.has('M') ? floating('M') : register('m');
        a = register('a');
        t = register('t');
        u = register('u');
        w = encoding.field('w', code);
        condition = encoding.field('c', code);
        setsFlags = operands.flagsOutsideIt && !inItBlock || operands.flagsByBit && encoding.field('s', code) != 0;
        i = immediate(operands);
        carry = operands.constant && Operands.rotates(encoding.field('i', code)) ? i >>> 31 : -1;
        int type = operands.fixedShift >= 0 ? operands.fixedShift : encoding.field('y', code);
        int amount = encoding.field('i', code);
        shiftType = operands.shifts ? Shift.type(type, amount) : 0;
        shiftAmount = operands.shifts ? Shift.amount(type, amount) : 0;
        int distance = encoding.has('m') ? 0 : i;
        offset = operands.indexing == Operands.Indexing.POST ? 0 : distance;
        writesBack = operands.indexing != Operands.Indexing.OFFSET || encoding.field('W', code) != 0;
        delta = distance;
        list = registers();
        meaning = meaningHere();
    }

    private Meaning meaningHere() {
        if (Unpredictable.isUndefined(this)) {
            return Branch::undefined;
        }
        return alignsStack() ? stackAligned(encoding.meaning) : encoding.meaning;
    }

    void execute(Core core) {
        meaning.execute(core, this);
    }

    /** Whether it stops the run even where its condition fails: a breakpoint. */
    boolean stopsAnyway() {
        return encoding == Decoder.BREAKPOINT;
    }

    /** Whether {@link #i} is the address of a literal, or one relative to the PC. */
    boolean refersToPlace() {
        return encoding.operands().literal || encoding.operands().relative;
    }

    private int register(char letter) {
        if (encoding.has(letter)) {
            return encoding.field(letter, code);
        }
        if (letter == 'd' && encoding.has('e')) {
            return encoding.field('e', code);
        }
        return letter == 'd' && encoding.writes(" sp, ") ? Core.SP : Core.ZERO;
    }

    private int base(Operands operands) {
        if (encoding.has('n')) {
            return encoding.field('n', code);
        }
        if (encoding.has('e')) {
            return encoding.field('e', code);
        }
        return operands.onStack ? Core.SP : Core.ZERO;
    }

    /** S0 to S31 by number; a double is named by its first half. */
    private int floating(char letter) {
        int field = encoding.field(letter, code);
        boolean twice = encoding.writes("<d" + letter + ">") || encoding.writes("<dlist>");
        if (twice) {
            return field << 1 & 31;
        }
        return letter == 'N' ? field : field << 1 & 30 | field >> 4;
    }

    private int immediate(Operands operands) {
        int field = encoding.field('i', code);
        if (operands.constant) {
            return Operands.expand(field);
        }
        if (operands.label) {
            return address + 4 + Operands.branchOffset(encoding, code);
        }
        int number = encoding.field('j', code) << 12 | field * operands.scale + operands.extra;
        int signed = operands.isNegative(encoding, code) ? -number : number;
        return operands.literal || operands.relative ? (address + 4 & ~3) + signed : signed;
    }

    private int registers() {
        if (encoding.wide()) {
            return encoding.has('l') ? code & 0xffff : 0;
        }
        int field = encoding.field('l', code);
        int high = field & 0x100;
        return high == 0 ? field : field & 0xff | (encoding.writes("pc") ? 1 << Core.PC : 1 << Core.LR);
    }

    /** Bits 1:0 of SP read as zero, whatever is written. */
    private boolean alignsStack() {
        return !encoding.has('D')
                && (d == Core.SP && !encoding.writes(" sp, ")
                        || t == Core.SP
                        || a == Core.SP
                        || encoding.has('n') && n == Core.SP && writesBack);
    }

    private static Meaning stackAligned(Meaning meaning) {
        return (core, i) -> {
            meaning.execute(core, i);
            core.r[Core.SP] &= ~3;
        };
    }

    @Override
    public String toString() {
        return Disassembler.text(this, 0, "0x%x"::formatted);
    }
}

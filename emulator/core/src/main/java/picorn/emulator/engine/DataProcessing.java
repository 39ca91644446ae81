// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/** Addition, subtraction, logic, moves and comparisons, with an immediate or a shifted register (ARMv7-M ARM, A4.4.1 and A4.4.2). */
final class DataProcessing {
    private DataProcessing() {}

    static void encodings(EncodingTable e) {
        // the JVM links each method reference at each start: one for each method, not one for each row
        Meaning movRegister = DataProcessing::movRegister;
        Meaning addRegister = DataProcessing::addRegister;
        Meaning subRegister = DataProcessing::subRegister;
        Meaning addImmediate = DataProcessing::addImmediate;
        Meaning subImmediate = DataProcessing::subImmediate;
        Meaning movImmediate = DataProcessing::movImmediate;
        Meaning cmpImmediate = DataProcessing::cmpImmediate;
        Meaning andRegister = DataProcessing::andRegister;
        Meaning eorRegister = DataProcessing::eorRegister;
        Meaning adcRegister = DataProcessing::adcRegister;
        Meaning sbcRegister = DataProcessing::sbcRegister;
        Meaning orrRegister = DataProcessing::orrRegister;
        Meaning bicRegister = DataProcessing::bicRegister;
        Meaning tstRegister = DataProcessing::tstRegister;
        Meaning cmpRegister = DataProcessing::cmpRegister;
        Meaning cmnRegister = DataProcessing::cmnRegister;
        Meaning rsbImmediate = DataProcessing::rsbImmediate;
        Meaning mvnRegister = DataProcessing::mvnRegister;
        Meaning lslRegister = Shift::lslRegister;
        Meaning lsrRegister = Shift::lsrRegister;
        Meaning asrRegister = Shift::asrRegister;
        Meaning rorRegister = Shift::rorRegister;
        Meaning adr = DataProcessing::adr;
        e.add("00000 iiiii mmm ddd", "lsl<S><c> <d>, <m>, #<lsl>", movRegister);
        e.add("00000 00000 mmm ddd", "mov<S><c> <d>, <m>", movRegister);
        e.add("00001 iiiii mmm ddd", "lsr<S><c> <d>, <m>, #<lsr>", movRegister);
        e.add("00010 iiiii mmm ddd", "asr<S><c> <d>, <m>, #<asr>", movRegister);
        e.add("0001100 mmm nnn ddd", "add<S><c> <d>, <n>, <m>", addRegister);
        e.add("0001101 mmm nnn ddd", "sub<S><c> <d>, <n>, <m>", subRegister);
        e.add("0001110 iii nnn ddd", "add<S><c> <d>, <n>, #<i>", addImmediate);
        e.add("0001111 iii nnn ddd", "sub<S><c> <d>, <n>, #<i>", subImmediate);
        e.add("00100 ddd iiiiiiii", "mov<S><c> <d>, #<i>", movImmediate);
        e.add("00101 nnn iiiiiiii", "cmp<c> <n>, #<i>", cmpImmediate);
        e.add("00110 eee iiiiiiii", "add<S><c> <d>, #<i>", addImmediate);
        e.add("00111 eee iiiiiiii", "sub<S><c> <d>, #<i>", subImmediate);
        e.add("010000 0000 mmm eee", "and<S><c> <d>, <m>", andRegister);
        e.add("010000 0001 mmm eee", "eor<S><c> <d>, <m>", eorRegister);
        e.add("010000 0101 mmm eee", "adc<S><c> <d>, <m>", adcRegister);
        e.add("010000 0110 mmm eee", "sbc<S><c> <d>, <m>", sbcRegister);
        e.add("010000 1100 mmm eee", "orr<S><c> <d>, <m>", orrRegister);
        e.add("010000 1110 mmm eee", "bic<S><c> <d>, <m>", bicRegister);
        e.add("010000 1000 mmm nnn", "tst<c> <n>, <m>", tstRegister);
        e.add("010000 1010 mmm nnn", "cmp<c> <n>, <m>", cmpRegister);
        e.add("010000 1011 mmm nnn", "cmn<c> <n>, <m>", cmnRegister);
        e.add("010000 1001 nnn ddd", "neg<S><c> <d>, <n>", rsbImmediate);
        e.add("010000 1111 mmm ddd", "mvn<S><c> <d>, <m>", mvnRegister);
        e.add("010000 0010 mmm eee", "lsl<S><c> <d>, <m>", lslRegister);
        e.add("010000 0011 mmm eee", "lsr<S><c> <d>, <m>", lsrRegister);
        e.add("010000 0100 mmm eee", "asr<S><c> <d>, <m>", asrRegister);
        e.add("010000 0111 mmm eee", "ror<S><c> <d>, <m>", rorRegister);
        e.add("01000100 e mmmm eee", "add<c> <d>, <m>", addRegister);
        e.add("01000100 1 mmmm 111", "add<c> pc, <m>", DataProcessing::addToPc, Cost.JUMP);
        e.add("01000101 n mmmm nnn", "cmp<c> <n>, <m>", cmpRegister);
        e.add("01000110 d mmmm ddd", "mov<c> <d>, <m>", movRegister);
        e.add("01000110 1 mmmm 111", "mov<c> pc, <m>", DataProcessing::movToPc, Cost.JUMP);
        e.add("10100 ddd iiiiiiii", "add<c> <d>, pc, #<i*4><adr>", adr);
        e.add("10101 ddd iiiiiiii", "add<c> <d>, sp, #<i*4>", addImmediate);
        e.add("10110000 0 iiiiiii", "add<c> sp, #<i*4>", addImmediate);
        e.add("10110000 1 iiiiiii", "sub<c> sp, #<i*4>", subImmediate);
        e.add("1110101 0000 s nnnn 0 iii dddd ii yy mmmm", "and<s><c>.w <d>, <n>, <m><,shift>", andRegister);
        e.add(
                "11110 i 0 0000 s nnnn 0 iii dddd iiiiiiii",
                "and<s><c>.w <d>, <n>, #<const>",
                DataProcessing::andImmediate);
        e.add("1110101 0000 1 nnnn 0 iii 1111 ii yy mmmm", "tst<c>.w <n>, <m><,shift>", tstRegister);
        e.add("11110 i 0 0000 1 nnnn 0 iii 1111 iiiiiiii", "tst<c>.w <n>, #<const>", DataProcessing::tstImmediate);
        e.add("1110101 0001 s nnnn 0 iii dddd ii yy mmmm", "bic<s><c>.w <d>, <n>, <m><,shift>", bicRegister);
        e.add(
                "11110 i 0 0001 s nnnn 0 iii dddd iiiiiiii",
                "bic<s><c>.w <d>, <n>, #<const>",
                DataProcessing::bicImmediate);
        e.add("1110101 0010 s nnnn 0 iii dddd ii yy mmmm", "orr<s><c>.w <d>, <n>, <m><,shift>", orrRegister);
        e.add(
                "11110 i 0 0010 s nnnn 0 iii dddd iiiiiiii",
                "orr<s><c>.w <d>, <n>, #<const>",
                DataProcessing::orrImmediate);
        e.add("1110101 0010 s 1111 0 iii dddd ii yy mmmm", "mov<s><c>.w <d>, <m><,shift>", movRegister);
        e.add("11110 i 0 0010 s 1111 0 iii dddd iiiiiiii", "mov<s><c>.w <d>, #<const>", movImmediate);
        e.add(
                "1110101 0011 s nnnn 0 iii dddd ii yy mmmm",
                "orn<s><c> <d>, <n>, <m><,shift>",
                DataProcessing::ornRegister);
        e.add(
                "11110 i 0 0011 s nnnn 0 iii dddd iiiiiiii",
                "orn<s><c> <d>, <n>, #<const>",
                DataProcessing::ornImmediate);
        e.add("1110101 0011 s 1111 0 iii dddd ii yy mmmm", "mvn<s><c>.w <d>, <m><,shift>", mvnRegister);
        e.add("11110 i 0 0011 s 1111 0 iii dddd iiiiiiii", "mvn<s><c>.w <d>, #<const>", DataProcessing::mvnImmediate);
        e.add("1110101 0100 s nnnn 0 iii dddd ii yy mmmm", "eor<s><c>.w <d>, <n>, <m><,shift>", eorRegister);
        e.add(
                "11110 i 0 0100 s nnnn 0 iii dddd iiiiiiii",
                "eor<s><c>.w <d>, <n>, #<const>",
                DataProcessing::eorImmediate);
        e.add("1110101 0100 1 nnnn 0 iii 1111 ii yy mmmm", "teq<c> <n>, <m><,shift>", DataProcessing::teqRegister);
        e.add("11110 i 0 0100 1 nnnn 0 iii 1111 iiiiiiii", "teq<c> <n>, #<const>", DataProcessing::teqImmediate);
        e.add("1110101 1000 s nnnn 0 iii dddd ii yy mmmm", "add<s><c>.w <d>, <n>, <m><,shift>", addRegister);
        e.add("11110 i 0 1000 s nnnn 0 iii dddd iiiiiiii", "add<s><c>.w <d>, <n>, #<const>", addImmediate);
        e.add("1110101 1000 1 nnnn 0 iii 1111 ii yy mmmm", "cmn<c>.w <n>, <m><,shift>", cmnRegister);
        e.add("11110 i 0 1000 1 nnnn 0 iii 1111 iiiiiiii", "cmn<c>.w <n>, #<const>", DataProcessing::cmnImmediate);
        e.add("1110101 1010 s nnnn 0 iii dddd ii yy mmmm", "adc<s><c>.w <d>, <n>, <m><,shift>", adcRegister);
        e.add(
                "11110 i 0 1010 s nnnn 0 iii dddd iiiiiiii",
                "adc<s><c>.w <d>, <n>, #<const>",
                DataProcessing::adcImmediate);
        e.add("1110101 1011 s nnnn 0 iii dddd ii yy mmmm", "sbc<s><c>.w <d>, <n>, <m><,shift>", sbcRegister);
        e.add(
                "11110 i 0 1011 s nnnn 0 iii dddd iiiiiiii",
                "sbc<s><c>.w <d>, <n>, #<const>",
                DataProcessing::sbcImmediate);
        e.add("1110101 1101 s nnnn 0 iii dddd ii yy mmmm", "sub<s><c>.w <d>, <n>, <m><,shift>", subRegister);
        e.add("11110 i 0 1101 s nnnn 0 iii dddd iiiiiiii", "sub<s><c>.w <d>, <n>, #<const>", subImmediate);
        e.add("1110101 1101 1 nnnn 0 iii 1111 ii yy mmmm", "cmp<c>.w <n>, <m><,shift>", cmpRegister);
        e.add("11110 i 0 1101 1 nnnn 0 iii 1111 iiiiiiii", "cmp<c>.w <n>, #<const>", cmpImmediate);
        e.add(
                "1110101 1110 s nnnn 0 iii dddd ii yy mmmm",
                "rsb<s><c> <d>, <n>, <m><,shift>",
                DataProcessing::rsbRegister);
        e.add("11110 i 0 1110 s nnnn 0 iii dddd iiiiiiii", "rsb<s><c> <d>, <n>, #<const>", rsbImmediate);
        e.add("11111010 0 00 s nnnn 1111 dddd 0000 mmmm", "lsl<s><c>.w <d>, <n>, <m>", lslRegister);
        e.add("11111010 0 01 s nnnn 1111 dddd 0000 mmmm", "lsr<s><c>.w <d>, <n>, <m>", lsrRegister);
        e.add("11111010 0 10 s nnnn 1111 dddd 0000 mmmm", "asr<s><c>.w <d>, <n>, <m>", asrRegister);
        e.add("11111010 0 11 s nnnn 1111 dddd 0000 mmmm", "ror<s><c>.w <d>, <n>, <m>", rorRegister);
        e.add("11110 i 1 0000 0 nnnn 0 iii dddd iiiiiiii", "addw<c> <d>, <n>, #<i>", addImmediate);
        e.add("11110 i 1 0101 0 nnnn 0 iii dddd iiiiiiii", "subw<c> <d>, <n>, #<i>", subImmediate);
        e.add("11110 i 1 0000 0 1111 0 iii dddd iiiiiiii", "addw<c> <d>, pc, #<i><adr>", adr);
        e.add("11110 i 1 0101 0 1111 0 iii dddd iiiiiiii", "subw<c> <d>, pc, #<i><adr-i>", adr);
        e.add("11110 i 1 0010 0 jjjj 0 iii dddd iiiiiiii", "movw<c> <d>, #<imm16>", movImmediate);
        e.add("11110 i 1 0110 0 jjjj 0 iii dddd iiiiiiii", "movt<c> <d>, #<imm16>", DataProcessing::movt);
    }

    /** The carry out of {@code a + b}, perhaps + 1, which gave {@code sum}: 0 or 1. */
    static int carry(int a, int b, int sum) {
        return (a & b | (a | b) & ~sum) >>> 31;
    }

    /** Negative if {@code a + b}, perhaps + 1, which gave {@code sum}, overflowed as a signed sum. */
    static int overflow(int a, int b, int sum) {
        return (a ^ sum) & (b ^ sum);
    }

    private static int addWithCarry(Core core, Instruction i, int a, int b, int carryIn) {
        return i.setsFlags ? addAndSetFlags(core, a, b, carryIn) : a + b + carryIn;
    }

    private static int addAndSetFlags(Core core, int a, int b, int carryIn) {
        int sum = a + b + carryIn;
        core.setNZ(sum);
        core.c = carry(a, b, sum);
        core.v = overflow(a, b, sum);
        return sum;
    }

    private static void logicalRegister(Core core, Instruction i, int result) {
        if (i.setsFlags) {
            Shift.flags(core, i, result);
        }
        core.r[i.d] = result;
    }

    private static void logicalImmediate(Core core, Instruction i, int result) {
        if (i.setsFlags) {
            immediateFlags(core, i, result);
        }
        core.r[i.d] = result;
    }

    private static void immediateFlags(Core core, Instruction i, int result) {
        core.setNZ(result);
        if (i.carry >= 0) {
            core.c = i.carry;
        }
    }

    static void addRegister(Core core, Instruction i) {
        core.r[i.d] = addWithCarry(core, i, core.r[i.n], Shift.operand(core, i), 0);
    }

    static void addImmediate(Core core, Instruction i) {
        core.r[i.d] = addWithCarry(core, i, core.r[i.n], i.i, 0);
    }

    static void adcRegister(Core core, Instruction i) {
        core.r[i.d] = addWithCarry(core, i, core.r[i.n], Shift.operand(core, i), core.c);
    }

    static void adcImmediate(Core core, Instruction i) {
        core.r[i.d] = addWithCarry(core, i, core.r[i.n], i.i, core.c);
    }

    static void subRegister(Core core, Instruction i) {
        core.r[i.d] = addWithCarry(core, i, core.r[i.n], ~Shift.operand(core, i), 1);
    }

    static void subImmediate(Core core, Instruction i) {
        core.r[i.d] = addWithCarry(core, i, core.r[i.n], ~i.i, 1);
    }

    static void sbcRegister(Core core, Instruction i) {
        core.r[i.d] = addWithCarry(core, i, core.r[i.n], ~Shift.operand(core, i), core.c);
    }

    static void sbcImmediate(Core core, Instruction i) {
        core.r[i.d] = addWithCarry(core, i, core.r[i.n], ~i.i, core.c);
    }

    static void rsbRegister(Core core, Instruction i) {
        core.r[i.d] = addWithCarry(core, i, ~core.r[i.n], Shift.operand(core, i), 1);
    }

    static void rsbImmediate(Core core, Instruction i) {
        core.r[i.d] = addWithCarry(core, i, ~core.r[i.n], i.i, 1);
    }

    static void cmpRegister(Core core, Instruction i) {
        addAndSetFlags(core, core.r[i.n], ~Shift.operand(core, i), 1);
    }

    static void cmpImmediate(Core core, Instruction i) {
        addAndSetFlags(core, core.r[i.n], ~i.i, 1);
    }

    static void cmnRegister(Core core, Instruction i) {
        addAndSetFlags(core, core.r[i.n], Shift.operand(core, i), 0);
    }

    static void cmnImmediate(Core core, Instruction i) {
        addAndSetFlags(core, core.r[i.n], i.i, 0);
    }

    static void andRegister(Core core, Instruction i) {
        logicalRegister(core, i, core.r[i.n] & Shift.operand(core, i));
    }

    static void andImmediate(Core core, Instruction i) {
        logicalImmediate(core, i, core.r[i.n] & i.i);
    }

    static void bicRegister(Core core, Instruction i) {
        logicalRegister(core, i, core.r[i.n] & ~Shift.operand(core, i));
    }

    static void bicImmediate(Core core, Instruction i) {
        logicalImmediate(core, i, core.r[i.n] & ~i.i);
    }

    static void orrRegister(Core core, Instruction i) {
        logicalRegister(core, i, core.r[i.n] | Shift.operand(core, i));
    }

    static void orrImmediate(Core core, Instruction i) {
        logicalImmediate(core, i, core.r[i.n] | i.i);
    }

    static void ornRegister(Core core, Instruction i) {
        logicalRegister(core, i, core.r[i.n] | ~Shift.operand(core, i));
    }

    static void ornImmediate(Core core, Instruction i) {
        logicalImmediate(core, i, core.r[i.n] | ~i.i);
    }

    static void eorRegister(Core core, Instruction i) {
        logicalRegister(core, i, core.r[i.n] ^ Shift.operand(core, i));
    }

    static void eorImmediate(Core core, Instruction i) {
        logicalImmediate(core, i, core.r[i.n] ^ i.i);
    }

    static void movRegister(Core core, Instruction i) {
        logicalRegister(core, i, Shift.operand(core, i));
    }

    static void movImmediate(Core core, Instruction i) {
        logicalImmediate(core, i, i.i);
    }

    static void mvnRegister(Core core, Instruction i) {
        logicalRegister(core, i, ~Shift.operand(core, i));
    }

    static void mvnImmediate(Core core, Instruction i) {
        logicalImmediate(core, i, ~i.i);
    }

    static void tstRegister(Core core, Instruction i) {
        Shift.flags(core, i, core.r[i.n] & Shift.operand(core, i));
    }

    static void tstImmediate(Core core, Instruction i) {
        immediateFlags(core, i, core.r[i.n] & i.i);
    }

    static void teqRegister(Core core, Instruction i) {
        Shift.flags(core, i, core.r[i.n] ^ Shift.operand(core, i));
    }

    static void teqImmediate(Core core, Instruction i) {
        immediateFlags(core, i, core.r[i.n] ^ i.i);
    }

    static void movt(Core core, Instruction i) {
        core.r[i.d] = core.r[i.d] & 0xffff | i.i << 16;
    }

    static void adr(Core core, Instruction i) {
        core.r[i.d] = i.i;
    }

    static void addToPc(Core core, Instruction i) {
        core.branch(core.r[Core.PC] + core.r[i.m]);
    }

    static void movToPc(Core core, Instruction i) {
        core.branch(core.r[i.m]);
    }
}

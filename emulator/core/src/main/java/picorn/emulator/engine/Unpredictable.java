// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * What this engine makes of what the manual calls UNPREDICTABLE (ARMv7-M ARM, A5.1.1 and the encodings' own conditions).
 *
 * <p>Each has an example and what it leaves, beside what Unicorn makes of it. The examples run from where R0 to R12
 * hold 0x20000400, 0x20000410, and so on, SP 0x20000700, and each word from 0x20000400 on its address + 0x01000000; the PC is 0x20000000.
 *
 * <p>What is not allowed in an IT block, or not before its end, executes there as elsewhere; the block goes on at a branch's target.
 * Codes with should-be-zero or should-be-one bits that are not so match no encoding, and are UNDEFINED, unless listed here.
 */
enum Unpredictable {
    BIT_FIELD_BACKWARDS(
            "BFI or BFC whose most significant bit is below the least significant one",
            0xf361_2003,
            i -> i.encoding.writes("<bfw>") && i.w < i.i),
    BIT_FIELD_BEYOND_THE_WORD(
            "SBFX or UBFX of bits beyond bit 31", 0xf341_2018, i -> i.encoding.writes("bfx<c>") && i.i + i.w > 31),
    NO_REGISTERS("LDM, STM, PUSH or POP of an empty list", 0xc800, i -> i.encoding.has('l') && i.list == 0),
    NO_FLOATING_POINT_REGISTERS(
            "VLDM, VSTM, VPUSH or VPOP of an empty list", 0xecb1_0a00, i -> isFloatingPointList(i) && words(i) == 0),
    TOO_MANY_FLOATING_POINT_REGISTERS(
            "VLDM, VSTM, VPUSH or VPOP of more than 16 doubles, or beyond S31",
            0xecb1_ab10,
            i -> isFloatingPointList(i) && i.d + words(i) > 32),
    EXCLUSIVE_INTO_ITS_OWN_OPERAND(
            "STREX whose result goes into its base or its value",
            0xe841_2100,
            i -> i.encoding.syntax.startsWith("strex") && (i.d == i.n || i.d == i.t)),

    ONE_REGISTER(
            "32-bit LDM or STM of one register",
            0xe891_0004,
            "R2=21000410",
            "UNDEFINED",
            i -> i.encoding.wide() && Integer.bitCount(i.list) == 1),
    BASE_LOADED_AND_WRITTEN_BACK(
            "32-bit LDM that writes back a base of its list: the value loaded stays",
            0xe8b1_0006,
            "R1=21000410 R2=21000414",
            "UNDEFINED",
            i -> i.encoding.wide() && i.writesBack && i.encoding.syntax.startsWith("ldm") && (i.list >> i.n & 1) != 0),
    BASE_STORED_AND_WRITTEN_BACK(
            "STM that writes back a base of its list: the old value is stored, also where it is not the first",
            0xc103,
            "R1=20000418 [20000410]=20000400 [20000414]=20000410",
            "the same",
            i -> i.encoding.has('n') && i.encoding.syntax.startsWith("stm") && (i.list >> i.n & 1) != 0),
    LR_AND_PC_LOADED(
            "LDM or POP of both LR and PC: as any other",
            0xe8b1_c000,
            "R1=20000418 LR=21000410 PC=21000414 XPSR=00000000",
            "the same",
            i -> i.encoding.has('l') && (i.list & 0xc000) == 0xc000),
    TARGET_LOADED_AND_WRITTEN_BACK(
            "LDR whose target is its base, written back: the value loaded stays",
            0xf851_1b04,
            "R1=21000410",
            "the same",
            i -> i.writesBack && i.encoding.syntax.startsWith("ldr") && i.n == i.t),
    VALUE_STORED_AND_WRITTEN_BACK(
            "STR whose value is its base, written back: the old value is stored",
            0xf841_1b04,
            "R1=20000414 [20000410]=20000410",
            "the same",
            i -> i.writesBack && i.encoding.syntax.startsWith("str") && (i.n == i.t || i.n == i.u)),
    TWICE_THE_SAME_TARGET(
            "LDRD of twice the same register: the second value stays",
            0xe9d1_2200,
            "R2=21000414",
            "the same",
            i -> i.encoding.syntax.startsWith("ldrd") && i.t == i.u),
    PAIR_LOADED_AND_WRITTEN_BACK(
            "LDRD of its base, written back: the value loaded stays",
            0xe9f1_1301,
            "R1=21000414 R3=21000418",
            "R1=20000414 R3=21000418",
            i -> i.writesBack && i.encoding.syntax.startsWith("ldrd") && (i.n == i.t || i.n == i.u)),
    LONG_PRODUCT_INTO_ONE_REGISTER(
            "SMULL and the like with RdHi = RdLo: the upper word stays",
            0xfb81_2203,
            "R2=04000108",
            "the same",
            i -> i.encoding.writes("<t>, <d>,") && i.d == i.t),
    TWO_SOURCES_OF_ONE_OPERAND(
            "CLZ, RBIT, REV, REV16 or REVSH whose two Rm differ: the second counts",
            0xfa93_f089,
            "R0=90040020",
            "the same",
            i -> i.encoding.has('x') && i.encoding.has('m') && i.encoding.field('x', i.code) != i.m),
    SATURATION_OF_HALVES_BEYOND_16(
            "SSAT16 or USAT16 with bit 4 set: SSAT or USAT by ASR #32",
            0xf322_0012,
            "R0=00000000",
            "R0=20000420",
            i -> i.encoding.writes("sat<c>") && (i.code & 0x0020_70d0) == 0x0020_0010),
    EVERY_OCTET_ZERO(
            "a modified immediate that repeats 0: it is 0",
            0xf041_1100,
            "",
            "the same",
            i -> i.encoding.writes("<const>") && isRepeatedZero(i.encoding.field('i', i.code))),
    PC_AS_TARGET(
            "R15 as the result of what is no branch: the result is dropped",
            0xea4f_0f01,
            "",
            "PC=20000410",
            i -> i.encoding.wide() && (i.encoding.has('d') && i.d == Core.PC || i.t == Core.PC && isLoadOfLess(i))),
    PC_AS_OPERAND(
            "R15 as an operand: the address of the instruction + 4",
            0xeb0f_0102,
            "R1=40000424",
            "the same",
            i -> i.encoding.has('n') && i.n == Core.PC && !i.encoding.syntax.startsWith("tb") || i.m == Core.PC),
    SP_AS_OPERAND(
            "R13 where the manual wants another register: as any other, bits 1:0 of a result dropped",
            0xeb01_0d02,
            "SP=40000830",
            "the same",
            i -> i.encoding.wide() && i.encoding.has('d') && i.d == Core.SP),
    LOW_REGISTERS_COMPARED_AS_HIGH(
            "CMP (register) T2 of two low registers: compares",
            0x4508,
            "XPSR=81000000",
            "the same",
            i -> i.length == 2 && (i.code & 0xffc0) == 0x4500),
    PAIR_BEYOND_S31(
            "VMOV of S31 and the one after it: which is S0",
            0xec42_0a3f,
            "S0=20000420 S31=20000400",
            "S31=20000400",
            i -> i.encoding.writes("<sM+1>") && i.m == 31),
    MORE_FRACTION_THAN_NUMBER(
            "VCVT of 16 bits with more than 16 fraction bits: as with none",
            0xeeba_0a68,
            "",
            "the same",
            i -> i.encoding.writes("<fbits16>") && (i.i << 1 | i.w) > 16),
    RESERVED_SPECIAL_REGISTER(
            "MRS or MSR of a register that does not exist: reads 0, writes nothing",
            0xf3ef_8115,
            "R1=00000000",
            "the same",
            i -> i.encoding.writes("<sysm>") && Status.name(i.i, 0).startsWith("<")),
    NOTHING_TO_MASK(
            "CPS that names neither PRIMASK nor FAULTMASK: does nothing",
            0xb660,
            "",
            "the same",
            i -> i.encoding.writes("<if>") && i.i == 0);

    /** What it is. */
    final String description;

    final int example;
    /** What the example changes, the PC apart; {@code UNDEFINED}. */
    final String leaves;
    /** What it changes in Unicorn. */
    final String elsewhere;

    private static final String NO_INSTRUCTION = "UNDEFINED";
    private static final List<Unpredictable> REFUSED =
            Arrays.stream(values()).filter(Unpredictable::isRefused).toList();

    private final Predicate<Instruction> applies;

    /** Of one that is UNDEFINED, here and elsewhere. */
    Unpredictable(String description, int example, Predicate<Instruction> applies) {
        this(description, example, "UNDEFINED", "the same", applies);
    }

    Unpredictable(String description, int example, String leaves, String elsewhere, Predicate<Instruction> applies) {
        this.description = description;
        this.example = example;
        this.leaves = leaves;
        this.elsewhere = elsewhere.equals("the same") ? leaves : elsewhere;
        this.applies = applies;
    }

    /** Whether it is one of this case. */
    boolean is(Instruction i) {
        return applies.test(i);
    }

    /** Whether instructions of this case are taken as UNDEFINED. */
    boolean isRefused() {
        return leaves.equals(NO_INSTRUCTION);
    }

    /** Whether an instruction is UNPREDICTABLE, and taken as UNDEFINED. */
    static boolean isUndefined(Instruction i) {
        for (Unpredictable each : REFUSED) {
            if (each.is(i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFloatingPointList(Instruction i) {
        return i.encoding.writes("<slist>") || i.encoding.writes("<dlist>");
    }

    /** The words that VLDM and VSTM transfer; FLDMX and FSTMX leave out their last. */
    private static int words(Instruction i) {
        return i.encoding.writes("<dlist>") ? i.i & ~1 : i.i;
    }

    private static boolean isRepeatedZero(int imm12) {
        return imm12 >>> 8 >= 1 && imm12 >>> 8 <= 3 && (imm12 & 0xff) == 0;
    }

    private static boolean isLoadOfLess(Instruction i) {
        return i.encoding.syntax.matches("ldrs?[bh].*");
    }
}

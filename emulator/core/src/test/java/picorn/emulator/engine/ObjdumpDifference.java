// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import picorn.emulator.engine.Objdump.Answer;

/** Where this engine's texts differ from objdump's, and why; each with a code that shows it. */
enum ObjdumpDifference {
    // What is no instruction of the Cortex-M4.
    OTHER_COPROCESSORS(
            0xfc54_61b0,
            "the coprocessor space: here coprocessors 10 and 11 are an FPv4-SP unit, the others absent; no double precision, no SIMD",
            each -> each.isUndefined() && (each.i.code & 0xec00_0000) == 0xec00_0000 && !each.isSinglePrecision()),
    SIMD_TRANSFERS(
            0xf921_070f,
            "element and structure loads and stores of Advanced SIMD",
            each -> each.isUndefined() && (each.i.code & 0xff10_0000) == 0xf900_0000),
    OTHER_PROFILES(
            0xf7f0_8000,
            "instructions of the A and R profiles: ARM state, monitor, hypervisor, endianness, doubleword exclusives",
            each -> each.isUndefined()
                    && each.theirsIs(
                            "blx", "bxj", "cps", "smc", "hvc", "eret", "setend", "setpan", "mrs", "msr", "ldrexd",
                            "strexd")),
    LATER_ARCHITECTURES(
            0xf5c4_cb71,
            "instructions of ARMv8 and ARMv8.1",
            each -> each.isUndefined()
                    && each.theirsIs(
                            "sg", "bxns", "blxns", "hlt", "sevl", "bf", "bfl", "bfx", "bflx", "bfcsel", "le", "letp",
                            "wls", "dls", "wlstp", "dlstp", "crc32", "crc32c", "lda", "ldaex", "stl", "stlex", "csel",
                            "csinc", "csinv", "csneg", "dcps", "tt", "lctp")),
    LATER_HINTS(
            0xf3af_8014, "hints that ARMv8 allocated are NOPs here", each -> each.i.encoding.syntax.startsWith("nop")),
    LATER_BY_RESERVED_REGISTER(
            0xe840_fc00,
            "UNPREDICTABLE with R15 as an operand, which later architectures made other instructions of",
            each -> each.theirsIs("tt", "ttt", "tta", "ttat", "clrm", "pacg", "autg", "bxaut")),
    LOOSE(
            0xf8ea_6e13,
            "objdump matches fewer bits than the manual fixes, and then says so",
            each -> each.isUndefined()
                    && (each.theirs.text().contains("??")
                            || each.theirs.text().contains("undefined")
                            || (each.i.code & 0xfe80_0800) == 0xf800_0000)),
    STORE_RELATIVE_TO_PC(
            0xf88f_5202,
            "stores with Rn = 15 are UNDEFINED",
            each -> each.isUndefined() && (each.i.code & 0xff1f_0000) == 0xf80f_0000),
    SP_OR_PC_IN_A_LIST(
            0xe89b_689e,
            "a register list with R13, or R15 in a store: should-be-zero bits, UNDEFINED here",
            each -> each.isUndefined() && (each.i.code & 0xfe40_0000) == 0xe800_0000),
    SHOULD_BE_ZERO(
            0x4701,
            "bits that should be 0 or 1 and are not, which makes an instruction UNPREDICTABLE: UNDEFINED here",
            each -> each.isUndefined()
                    && each.theirsIs("bx", "blx", "cpsie", "cpsid", "pld", "pldw", "pli", "vcmp", "vcmpe")),

    // What is one, written otherwise.
    MOV_TO_ITSELF(0x46c0, "objdump takes this move for the NOP of old", each -> each.i.code == 0x46c0),
    RESERVED_IT(0xbff8, "an IT with the reserved condition 1111", each -> (each.i.code & 0xfff0) == 0xbff0),
    SPECIAL_REGISTER_NAMES(
            0xf3ef_8100,
            "objdump names the program status registers of the A profile",
            each -> each.i.encoding.syntax.contains("<sysm>")),
    BARRIER_OPTIONS(
            0xf3bf_8f43,
            "all options but SY are reserved in ARMv7-M",
            each -> each.i.encoding.syntax.contains("<barrier>")),
    LITERAL_AS_OTHER_FORM(
            0xf81f_9e00,
            "with Rn = 15 every load is of a literal, also where objdump sees an unprivileged one",
            each -> each.i.encoding.operands().literal && each.theirs.text().matches("ldrs?[bh]?t.*")),
    PC_LOADED_FROM_LESS_THAN_A_WORD(
            0xf819_fba0,
            "UNPREDICTABLE: R15 loaded by an octet or halfword, with write-back or unprivileged; objdump sees a hint",
            each -> each.i.t == Core.PC && each.theirsIs("pld", "pldw", "pli", "vcmp", "vcmpe")),
    WRITE_BACK_OF_NOTHING(
            0xe9e4_8f00,
            "objdump drops the ! of a write-back of Rn + 0",
            each -> each.i.writesBack
                    && each.ours.text().equals(each.theirs.text().replace("]", ", #0]!"))),
    WRONG_PLACE(
            0xf60f_6e5a,
            "objdump comments the immediate, not the address",
            each -> each.ours.text().equals(each.theirs.text()) && each.i.encoding.operands().relative),
    NO_PLACE(
            0xe9df_0e00,
            "objdump leaves the address out where the immediate is 0",
            each -> each.ours.text().equals(each.theirs.text())
                    && each.theirs.place().isEmpty()),
    DOUBLES_AND_A_WORD(
            0xecb8_3bc1,
            "FLDMX and FSTMX are written as the VLDM and VSTM that they do",
            each -> each.theirs.text().startsWith("f") && each.i.encoding.writes("<dlist>")),
    TOO_MANY_DOUBLES(
            0xec92_8b44,
            "UNPREDICTABLE: a list of none, of more than 16 doubles, or beyond D15",
            each -> each.i.encoding.writes("<dlist>") && (each.i.i == 0 || each.i.d + each.i.i > 32)),
    SATURATION_OF_HALVES(
            0xf320_0816,
            "UNPREDICTABLE: SSAT16 or USAT16 with a should-be-zero bit set; here SSAT or USAT by ASR #32",
            each -> each.i.encoding.writes("sat<c>") && (each.i.code & 0x0020_70d0) == 0x0020_0010),
    REGISTER_TWICE(
            0xfa93_f089,
            "UNPREDICTABLE: the two Rm of CLZ, RBIT or REV differ; objdump writes the first, here the second counts",
            each -> (each.i.code & 0xffc0_f0c0) == 0xfa80_f080 && (each.i.code >> 16 & 15) != (each.i.code & 15));

    /** What the engine decodes, its text, and objdump's. */
    record Case(Instruction i, Answer ours, Answer theirs) {
        boolean isUndefined() {
            return ours.text().isEmpty();
        }

        /** Whether objdump's instruction is one of {@code names}, in some width, size or condition. */
        boolean theirsIs(String... names) {
            String name = theirs.text().split("[ .]")[0];
            return Arrays.stream(names)
                    .anyMatch(each -> name.matches(
                            each + "(b|h|w|cb|ch|cw|d|[12348]|" + "eq|ne|cs|cc|mi|pl|vs|vc|hi|ls|ge|lt|gt|le)*"));
        }

        /** Something that an FPv4-SP unit would do. */
        boolean isSinglePrecision() {
            return (i.code & 0x1000_0000) == 0
                    && theirs.text()
                            .matches(
                                    "v(mov|mrs|msr|ldr|str|ldm|stm|push|pop|mla|mls|nmla|nmls|mul|nmul|add|sub|div|"
                                            + "abs|neg|sqrt|cmp|cmpe|cvt[rbt]?|fma|fms|fnma|fnms)\\w*(\\.f32|\\.[su](32|16))* .*\\bs\\d+.*")
                    && !theirs.text().matches(".*(\\bd\\d|\\bq\\d|f64).*");
        }
    }

    /** A code that shows it. */
    final int example;

    final String reason;
    private final Predicate<Case> applies;

    ObjdumpDifference(int example, String reason, Predicate<Case> applies) {
        this.example = example;
        this.reason = reason;
        this.applies = applies;
    }

    static Optional<ObjdumpDifference> of(Instruction i, Answer ours, Answer theirs) {
        Case each = new Case(i, ours, theirs);
        return Arrays.stream(values())
                .filter(difference -> difference.applies.test(each))
                .findFirst();
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.List;
import java.util.function.Predicate;

/**
 * What the two engines do otherwise, beside the limits that the Unicorn engine declares, and who is right. docs/decisions/0002 says
 * the same in a table; {@code SettlementTest} of tests/system asks QEMU.
 */
enum KnownDifference {
    FIXED_POINT_ROUNDING(
            "VCVT from a fixed-point number rounds to nearest whatever FPSCR.RMode says (A7.7.228); Unicorn obeys RMode",
            Traits::convertsFixedPoint),
    STORE_RELATIVE_TO_PC(
            "STR, STRH and STRB with Rn = 15 are UNDEFINED (A7.7.161, A7.7.163, A7.7.170); Unicorn stores",
            encoding -> encoding.bits.equals("11111000xxx01111xxxxxxxxxxxxxxxx")),
    SEV_UNSEEN("SEV is told as a reason to stop; Unicorn executes it as NOP", encoding -> Traits.mnemonic(encoding)
            .equals("sev")),
    EXCLUSIVE_GRANULE(
            "a STREX passes wherever the LDREX before it was, as the Cortex-M4's monitor has no address (TRM 3.1);"
                    + " Unicorn wants the same address, and what is stored there to be as it was loaded",
            Traits::storesExclusively),
    FAULTMASK_OF_NMI(
            "NMI and HardFault cannot set FAULTMASK (B5.2.1, B5.2.3: ExecutionPriority() > -1); in Unicorn they can",
            Traits::readsStatus),
    EXC_RETURN_ANYHOW(
            "BX, POP, LDM and LDR return from an exception (B1.5.8), MOV, ADD and BLX branch and fault; in Unicorn all return",
            encoding -> encoding.writes(" pc, <m>") || Traits.mnemonic(encoding).equals("blx")),
    UNALLOCATED_COPROCESSOR_INSTRUCTION(
            "the UNDEFINED rows of A5.3.18 are UNDEFINSTR whatever the coprocessor; NOCP in Unicorn unless it is the FPU",
            encoding -> encoding.bits.startsWith("111x11") && !encoding.has('w')),
    BARRIER_IN_BLOCK(
            "after an ISB in an IT block the rest of the block keeps its conditions (A7.3); Unicorn executes it in any case",
            encoding -> Traits.mnemonic(encoding).equals("isb")),
    STACK_POINTER_LOW_BITS(
            "bits 1:0 of SP are 0 whatever is written (B1.4.1); Unicorn keeps them, QEMU since 6.2 does not",
            encoding -> false),
    RETURN_OF_OTHER_PROFILES(
            "SUBS PC, LR is UNDEFINED here (A5.3.4 has no such row); Unicorn returns from an exception as the other profiles do",
            encoding -> encoding.bits.equals("11110x111xxxxxxx10x0xxxxxxxxxxxx")),
    NEW_CONTEXT_FPSCR(
            "the first floating-point instruction of a context takes FPSCR[26:22] from FPDSCR and leaves the flags; Unicorn"
                    + " sets all of FPSCR to 0",
            encoding -> false);

    private final String reason;
    private final Predicate<Encoding> concerns;

    KnownDifference(String reason, Predicate<Encoding> concerns) {
        this.reason = reason;
        this.concerns = concerns;
    }

    /** Whether instructions of {@code encoding} can show it. */
    boolean concerns(Encoding encoding) {
        return concerns.test(encoding);
    }

    /** Those that {@code encoding} can show. */
    static List<KnownDifference> of(Encoding encoding) {
        return List.of(values()).stream()
                .filter(difference -> difference.concerns(encoding))
                .toList();
    }

    @Override
    public String toString() {
        return name() + ": " + reason;
    }
}

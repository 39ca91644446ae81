// SPDX-License-Identifier: MIT
/*
 * A list of instructions becomes functions by LIST(DEFINE_...) and a table of them by LIST(NAMED). In an instruction's text %0 is the
 * result, which starts as the third operand, %2 the first operand and %3 the second; %1 holds the flags.
 */
#ifndef ISA_OPERATIONS_H
#define ISA_OPERATIONS_H

#include "check.h"

#define NAMED(name, text) op_##name,

/* Flags in the APSR: N, Z, C, V, Q and GE. */
#define APSR_MASK 0xF80F0000u
#define DEFINE_CORE(name, text)                                                                    \
    static uint32_t op_##name(uint32_t a, uint32_t b, uint32_t c, uint32_t *flags) {               \
        uint32_t result = c, apsr = *flags;                                                        \
        __asm volatile("msr apsr_nzcvqg, %1\n\t" text "\n\tmrs %1, apsr"                           \
                       : "+&r"(result), "+&r"(apsr)                                                \
                       : "r"(a), "r"(b)                                                            \
                       : "cc");                                                                    \
        *flags = apsr;                                                                             \
        return result;                                                                             \
    }

/* The same with 64 bits in %Q0 and %R0; the third operand is its low half, the second its high one. */
#define DEFINE_LONG(name, text)                                                                    \
    static uint32_t op_##name(uint32_t a, uint32_t b, uint32_t c, uint32_t *flags) {               \
        uint64_t result = (uint64_t) b << 32 | c;                                                  \
        uint32_t apsr = *flags;                                                                    \
        __asm volatile("msr apsr_nzcvqg, %1\n\t" text "\n\tmrs %1, apsr"                           \
                       : "+&r"(result), "+&r"(apsr)                                                \
                       : "r"(a), "r"(b)                                                            \
                       : "cc");                                                                    \
        *flags = apsr;                                                                             \
        return (uint32_t) result ^ (uint32_t)(result >> 32) * 31;                                  \
    }

/* Single-precision registers; the flags are those of the FPSCR, its modes among them. */
#define FPSCR_MASK 0xF7C0009Fu
#define DEFINE_FLOAT(name, text)                                                                   \
    static uint32_t op_##name(uint32_t a, uint32_t b, uint32_t c, uint32_t *flags) {               \
        uint32_t result = c, fpscr = *flags;                                                       \
        __asm volatile("vmsr fpscr, %1\n\tvmov s4, %0\n\tvmov s5, %2\n\tvmov s6, %3\n\t" text      \
                       "\n\tvmov %0, s4\n\tvmrs %1, fpscr"                                         \
                       : "+&r"(result), "+&r"(fpscr)                                               \
                       : "r"(a), "r"(b)                                                            \
                       : "s4", "s5", "s6", "cc");                                                  \
        *flags = fpscr;                                                                            \
        return result;                                                                             \
    }

#endif

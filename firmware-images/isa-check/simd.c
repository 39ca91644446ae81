// SPDX-License-Identifier: MIT
/* DSP: four octets or two halves at once, with the GE bits, packing and selection (ARMv7-M ARM, A4.4.4 to A4.4.6). */
#include "operations.h"

#define SIX(X, op) \
    X(s##op, "s" #op " %0, %2, %3") X(q##op, "q" #op " %0, %2, %3") X(sh##op, "sh" #op " %0, %2, %3") \
    X(u##op, "u" #op " %0, %2, %3") X(uq##op, "uq" #op " %0, %2, %3") X(uh##op, "uh" #op " %0, %2, %3")

#define PARALLEL(X) SIX(X, add16) SIX(X, asx) SIX(X, sax) SIX(X, sub16) SIX(X, add8) SIX(X, sub8)

#define PACKING(X) \
    X(sel, "sel %0, %2, %3") X(sel_after, "usub8 %0, %2, %3\n\tsel %0, %2, %3") X(usad8, "usad8 %0, %2, %3") \
    X(usada8, "usada8 %0, %2, %3, %0") X(pkhbt, "pkhbt %0, %2, %3, lsl #7") X(pkhtb, "pkhtb %0, %2, %3, asr #13") \
    X(sxtb16, "sxtb16 %0, %2, ror #8") X(uxtb16, "uxtb16 %0, %2") X(sxtab16, "sxtab16 %0, %2, %3, ror #24") \
    X(uxtab16, "uxtab16 %0, %2, %3, ror #16")

PARALLEL(DEFINE_CORE)
PACKING(DEFINE_CORE)

static const Operation parallel[] = {PARALLEL(NAMED)};
static const Operation packing[] = {PACKING(NAMED)};
static const struct Group groups[] = {GROUP("parallel", parallel), GROUP("packing", packing)};

void simd_check(void) {
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        check_group(&groups[i], APSR_MASK);
    }
}

// SPDX-License-Identifier: MIT
/* Arithmetic, logic, shifts, multiplication, division, bit fields, saturation (ARMv7-M ARM, A4.4). */
#include "operations.h"

#define ARITHMETIC(X) \
    X(adds, "adds %0, %2, %3") X(adcs, "adcs %0, %2, %3") X(subs, "subs %0, %2, %3") X(sbcs, "sbcs %0, %2, %3") \
    X(rsbs, "rsbs %0, %2, %3") X(add_shift, "add %0, %2, %3, lsl #5") X(sub_shift, "subs %0, %2, %3, asr #7") \
    X(rsb_shift, "rsbs %0, %2, %3, lsr #3") X(adc_rrx, "adcs %0, %2, %3, rrx") X(cmn, "cmn %2, %3") X(cmp, "cmp %2, %3") \
    X(add_constant, "adds %0, %2, #0x00FF00FF") X(sub_constant, "subs %0, %2, #0xFF000000") X(addw, "addw %0, %2, #0xABC") \
    X(subw, "subw %0, %2, #0xFED") X(sbc_constant, "sbcs %0, %2, #0x3FC00") X(negs, "rsbs %0, %2, #0")

#define LOGIC(X) \
    X(ands, "ands %0, %2, %3") X(orrs, "orrs %0, %2, %3") X(eors, "eors %0, %2, %3") X(bics, "bics %0, %2, %3") \
    X(orns, "orns %0, %2, %3") X(mvns, "mvns %0, %2") X(tst, "tst %2, %3") X(teq, "teq %2, %3") \
    X(and_ror, "ands %0, %2, %3, ror #9") X(orr_asr, "orrs %0, %2, %3, asr #31") X(eor_lsl, "eors %0, %2, %3, lsl #1") \
    X(teq_rrx, "teq %2, %3, rrx") X(bic_constant, "bics %0, %2, #0xF0F0F0F0") X(mvn_constant, "mvns %0, #0x80000000") \
    X(movw, "movw %0, #0xBEEF") X(movt, "movt %0, #0xDEAD")

#define SHIFTS(X) \
    X(lsls, "lsls %0, %2, %3") X(lsrs, "lsrs %0, %2, %3") X(asrs, "asrs %0, %2, %3") X(rors, "rors %0, %2, %3") \
    X(lsl_1, "lsls %0, %2, #1") X(lsl_31, "lsls %0, %2, #31") X(lsr_32, "lsrs %0, %2, #32") X(asr_32, "asrs %0, %2, #32") \
    X(ror_13, "rors %0, %2, #13") X(rrx, "rrxs %0, %2") \
    X(lsl_small, "and %0, %3, #63\n\tlsls %0, %2, %0") X(ror_small, "and %0, %3, #63\n\trors %0, %2, %0")

#define MULTIPLY(X) \
    X(mul, "mul %0, %2, %3") X(mla, "mla %0, %2, %3, %0") X(mls, "mls %0, %2, %3, %0") X(udiv, "udiv %0, %2, %3") \
    X(sdiv, "sdiv %0, %2, %3") X(smulbb, "smulbb %0, %2, %3") X(smulbt, "smulbt %0, %2, %3") X(smultb, "smultb %0, %2, %3") \
    X(smultt, "smultt %0, %2, %3") X(smlabb, "smlabb %0, %2, %3, %0") X(smlatt, "smlatt %0, %2, %3, %0") \
    X(smulwb, "smulwb %0, %2, %3") X(smulwt, "smulwt %0, %2, %3") X(smlawb, "smlawb %0, %2, %3, %0") \
    X(smlawt, "smlawt %0, %2, %3, %0") X(smmul, "smmul %0, %2, %3") X(smmulr, "smmulr %0, %2, %3") \
    X(smmla, "smmla %0, %2, %3, %0") X(smmlar, "smmlar %0, %2, %3, %0") X(smmls, "smmls %0, %2, %3, %0") \
    X(smmlsr, "smmlsr %0, %2, %3, %0") X(smuad, "smuad %0, %2, %3") X(smuadx, "smuadx %0, %2, %3") \
    X(smusd, "smusd %0, %2, %3") X(smusdx, "smusdx %0, %2, %3") X(smlad, "smlad %0, %2, %3, %0") \
    X(smladx, "smladx %0, %2, %3, %0") X(smlsd, "smlsd %0, %2, %3, %0") X(smlsdx, "smlsdx %0, %2, %3, %0")

#define LONG_MULTIPLY(X) \
    X(umull, "umull %Q0, %R0, %2, %3") X(smull, "smull %Q0, %R0, %2, %3") X(umlal, "umlal %Q0, %R0, %2, %3") \
    X(smlal, "smlal %Q0, %R0, %2, %3") X(umaal, "umaal %Q0, %R0, %2, %3") X(smlalbb, "smlalbb %Q0, %R0, %2, %3") \
    X(smlalbt, "smlalbt %Q0, %R0, %2, %3") X(smlaltb, "smlaltb %Q0, %R0, %2, %3") X(smlaltt, "smlaltt %Q0, %R0, %2, %3") \
    X(smlald, "smlald %Q0, %R0, %2, %3") X(smlaldx, "smlaldx %Q0, %R0, %2, %3") X(smlsld, "smlsld %Q0, %R0, %2, %3") \
    X(smlsldx, "smlsldx %Q0, %R0, %2, %3")

#define BIT_FIELDS(X) \
    X(bfi, "bfi %0, %2, #5, #11") X(bfi_all, "bfi %0, %2, #0, #32") X(bfc, "bfc %0, #3, #17") X(ubfx, "ubfx %0, %2, #7, #13") \
    X(sbfx, "sbfx %0, %2, #9, #4") X(sbfx_top, "sbfx %0, %2, #31, #1") X(clz, "clz %0, %2") X(rbit, "rbit %0, %2") \
    X(rev, "rev %0, %2") X(rev16, "rev16 %0, %2") X(revsh, "revsh %0, %2") X(sxtb, "sxtb %0, %2, ror #8") \
    X(sxth, "sxth %0, %2") X(uxtb, "uxtb %0, %2, ror #24") X(uxth, "uxth %0, %2, ror #16") X(sxtab, "sxtab %0, %2, %3") \
    X(sxtah, "sxtah %0, %2, %3, ror #8") X(uxtab, "uxtab %0, %2, %3, ror #16") X(uxtah, "uxtah %0, %2, %3")

#define SATURATION(X) \
    X(ssat, "ssat %0, #12, %2") X(ssat_lsl, "ssat %0, #32, %2, lsl #3") X(ssat_asr, "ssat %0, #1, %2, asr #9") \
    X(usat, "usat %0, #7, %2") X(usat_lsl, "usat %0, #31, %2, lsl #1") X(usat_asr, "usat %0, #0, %2, asr #20") \
    X(ssat16, "ssat16 %0, #9, %2") X(usat16, "usat16 %0, #5, %2") X(qadd, "qadd %0, %2, %3") X(qsub, "qsub %0, %2, %3") \
    X(qdadd, "qdadd %0, %2, %3") X(qdsub, "qdsub %0, %2, %3")

ARITHMETIC(DEFINE_CORE)
LOGIC(DEFINE_CORE)
SHIFTS(DEFINE_CORE)
MULTIPLY(DEFINE_CORE)
LONG_MULTIPLY(DEFINE_LONG)
BIT_FIELDS(DEFINE_CORE)
SATURATION(DEFINE_CORE)

static const Operation arithmetic[] = {ARITHMETIC(NAMED)};
static const Operation logic[] = {LOGIC(NAMED)};
static const Operation shifts[] = {SHIFTS(NAMED)};
static const Operation multiply[] = {MULTIPLY(NAMED)};
static const Operation long_multiply[] = {LONG_MULTIPLY(NAMED)};
static const Operation bit_fields[] = {BIT_FIELDS(NAMED)};
static const Operation saturation[] = {SATURATION(NAMED)};

static const struct Group groups[] = {
    GROUP("arithmetic", arithmetic),       GROUP("logic", logic),           GROUP("shifts", shifts),        GROUP("multiply", multiply),
    GROUP("long multiply", long_multiply), GROUP("bit fields", bit_fields), GROUP("saturation", saturation)};

struct Fields {
    unsigned low : 3;
    signed middle : 11;
    unsigned high : 18;
};

/* What the compiler makes of integer C: 64-bit arithmetic, divisions by constants, bit fields. */
static void compiled_integers(void) {
    begin();
    for (uint32_t i = 0; i < 300; i++) {
        const uint32_t a = random_operand(), b = random_operand();
        const uint64_t wide = (uint64_t) a * b + random_word();
        const int64_t product = (int64_t)(int32_t) a * (int32_t) b;
        struct Fields fields = {.low = a & 7, .middle = (int32_t)(b & 0x3FF) - 0x1FF, .high = a & 0x3FFFF};
        fields.high = (fields.high + (b & 0xFF)) & 0x3FFFF;
        take((uint32_t)(wide >> 32) ^ (uint32_t)(product >> 17));
        take((uint32_t)(wide / (b | 1u)) ^ (uint32_t)(product % 1000003));
        take(a / 10u + a % 7u + (uint32_t)((int32_t) b / 3) + (uint32_t)((int32_t) b % 13));
        take(fields.low + (uint32_t) fields.middle + fields.high);
        take(__builtin_bswap32(a) ^ (uint32_t) __builtin_clz(b | 1u) ^ (a << (b & 31) | a >> (-b & 31)));
    }
    end("compiled integers");
}

void integer_check(void) {
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        check_group(&groups[i], APSR_MASK);
    }
    compiled_integers();
}

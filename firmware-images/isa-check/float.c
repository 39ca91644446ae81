// SPDX-License-Identifier: MIT
/* FPv4-SP: arithmetic, comparison and conversion in every rounding mode, with flags, NaNs, subnormals (ARMv7-M ARM, A4.11). */
#include "operations.h"

/* DN, FZ and RMode as they come. */
#define FLOAT(X) \
    X(vadd, "vadd.f32 s4, s5, s6") X(vsub, "vsub.f32 s4, s5, s6") X(vmul, "vmul.f32 s4, s5, s6") X(vnmul, "vnmul.f32 s4, s5, s6") \
    X(vdiv, "vdiv.f32 s4, s5, s6") X(vsqrt, "vsqrt.f32 s4, s5") X(vabs, "vabs.f32 s4, s5") X(vneg, "vneg.f32 s4, s5") \
    X(vmla, "vmla.f32 s4, s5, s6") X(vmls, "vmls.f32 s4, s5, s6") X(vnmla, "vnmla.f32 s4, s5, s6") \
    X(vnmls, "vnmls.f32 s4, s5, s6") X(vmov_constant, "vmov.f32 s4, #-1.25")

#define FUSED(X) \
    X(vfma, "vfma.f32 s4, s5, s6") X(vfms, "vfms.f32 s4, s5, s6") X(vfnma, "vfnma.f32 s4, s5, s6") X(vfnms, "vfnms.f32 s4, s5, s6")

#define COMPARISON(X) \
    X(vcmp, "vcmp.f32 s5, s6") X(vcmpe, "vcmpe.f32 s5, s6") X(vcmp_zero, "vcmp.f32 s5, #0.0") X(vcmpe_zero, "vcmpe.f32 s5, #0.0") \
    X(vcmp_same, "vcmp.f32 s5, s5")

#define CONVERSION(X) \
    X(to_signed, "vcvt.s32.f32 s4, s5") X(to_unsigned, "vcvt.u32.f32 s4, s5") X(to_signed_rounded, "vcvtr.s32.f32 s4, s5") \
    X(to_unsigned_rounded, "vcvtr.u32.f32 s4, s5") X(from_signed, "vcvt.f32.s32 s4, s5") X(from_unsigned, "vcvt.f32.u32 s4, s5") \
    X(to_fixed_s32, "vcvt.s32.f32 s4, s4, #9") X(to_fixed_u32, "vcvt.u32.f32 s4, s4, #31") \
    X(to_fixed_s16, "vcvt.s16.f32 s4, s4, #4") X(to_fixed_u16, "vcvt.u16.f32 s4, s4, #16")

/* To nearest whatever the mode is: with the mode at nearest, since emulators differ. */
#define FROM_FIXED(X) \
    X(from_fixed_s32, "vcvt.f32.s32 s4, s4, #13") X(from_fixed_u32, "vcvt.f32.u32 s4, s4, #32") \
    X(from_fixed_s16, "vcvt.f32.s16 s4, s4, #3") X(from_fixed_u16, "vcvt.f32.u16 s4, s4, #11")

#define HALF(X) \
    X(to_half_bottom, "vcvtb.f16.f32 s4, s5") X(to_half_top, "vcvtt.f16.f32 s4, s5") X(from_half_bottom, "vcvtb.f32.f16 s4, s5") \
    X(from_half_top, "vcvtt.f32.f16 s4, s5")

#define RMODE 0x00C00000u

FLOAT(DEFINE_FLOAT)
FUSED(DEFINE_FLOAT)
COMPARISON(DEFINE_FLOAT)
CONVERSION(DEFINE_FLOAT)
FROM_FIXED(DEFINE_FLOAT)
HALF(DEFINE_FLOAT)

static const Operation arithmetic[] = {FLOAT(NAMED)};
static const Operation fused[] = {FUSED(NAMED)};
static const Operation comparison[] = {COMPARISON(NAMED)};
static const Operation conversion[] = {CONVERSION(NAMED)};
static const Operation from_fixed[] = {FROM_FIXED(NAMED)};
static const Operation half[] = {HALF(NAMED)};

static const struct Group groups[] = {
    GROUP("float arithmetic", arithmetic), GROUP("float fused", fused), GROUP("float comparison", comparison),
    GROUP("float conversion", conversion), GROUP("float half", half)};
static const struct Group to_nearest = GROUP("float from fixed point", from_fixed);

static uint32_t bits(float value) {
    uint32_t word;
    __builtin_memcpy(&word, &value, sizeof word);
    return word;
}

static void multiply_matrices(float left[4][4], float right[4][4], float product[4][4]) {
    for (uint32_t i = 0; i < 4; i++) {
        for (uint32_t j = 0; j < 4; j++) {
            product[i][j] = 0;
            for (uint32_t k = 0; k < 4; k++) {
                product[i][j] += left[i][k] * right[k][j];
            }
        }
    }
}

/* What the compiler makes of float C. */
static void compiled_floats(void) {
    float left[4][4], right[4][4], product[4][4];
    begin();
    for (uint32_t round = 0; round < 20; round++) {
        for (uint32_t i = 0; i < 16; i++) {
            left[i / 4][i % 4] = (float) (int32_t) random_word() / 65536.0f;
            right[i % 4][i / 4] = (float) random_word() * 1e-6f;
        }
        multiply_matrices(left, right, product);
        for (uint32_t i = 0; i < 16; i++) {
            const float value = product[i / 4][i % 4];
            take(bits(value));
            take(bits(__builtin_sqrtf(__builtin_fabsf(value))));
            take(bits(__builtin_fmaf(value, left[0][i % 4], right[0][0])));
            take((uint32_t)(int32_t)(value * 1e-6f) + (value > left[1][1] ? 5u : value != right[2][2] ? 7u : 9u));
        }
    }
    end("compiled floats");
}

/* VLDM, VSTM, VPUSH, VPOP, VLDR, VSTR and moves between the files. */
static void transfers(void) {
    uint32_t from[16], to[16];
    begin();
    for (uint32_t i = 0; i < 16; i++) {
        from[i] = random_word();
        to[i] = 0;
    }
    uint32_t *target = to;
    const uint32_t *source = from;
    uint32_t a = 0, b = 0;
    __asm volatile("vldmia %1!, {s8-s12}\n\tvldr s13, [%1]\n\tvldr d7, [%1, #4]\n\tvpush {s8-s15}\n\tvpop {d8-d11}\n\t"
                   "vstmia %0!, {d8-d10}\n\tvstr s22, [%0]\n\tvstr d11, [%0, #4]\n\tvmov %2, %3, s9, s10\n\tvmov d6, %3, %2\n\t"
                   "vmov s10, %2\n\tvmov s11, %3\n\tvadd.f32 s0, s0, s0\n\tadd %0, %0, #40\n\tvstmdb %0!, {d5-d6}"
                   : "+&r"(target), "+&r"(source), "+&r"(a), "+&r"(b)
                   :
                   : "s0", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "s16", "s17", "s18", "s19", "s20", "s21", "s22", "s23", "memory");
    take(a ^ b * 3);
    for (uint32_t i = 0; i < 16; i++) {
        take(to[i]);
    }
    end("float transfers");
}

void float_check(void) {
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        check_group(&groups[i], FPSCR_MASK);
    }
    check_group(&to_nearest, FPSCR_MASK & ~RMODE);
    __asm volatile("vmsr fpscr, %0" ::"r"(0));
    compiled_floats();
    transfers();
}

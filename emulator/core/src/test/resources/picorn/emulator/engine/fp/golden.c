// SPDX-License-Identifier: MIT
/*
 * Prints a hash for each float instruction of FPv4-SP and each rounding mode: of results and FPSCR over pseudo-random operands,
 * with and without FZ, DN and AHP. GoldenHashTest computes the same. golden.txt is the output of (QEMU 7.2.22):
 *
 *   arm-none-eabi-gcc -O1 -mcpu=cortex-m4 -mthumb -mfloat-abi=hard -mfpu=fpv4-sp-d16 -nostdlib -ffreestanding \
 *       -Wl,--section-start=.vectors=0x08000000,-Ttext=0x08000200,-Tbss=0x20000000,-e0x08000200 golden.c -o golden.elf
 *   qemu-system-arm -M netduinoplus2 -nographic -monitor none -serial none -semihosting -kernel golden.elf 2>golden.txt
 */
typedef unsigned int u32;

static void start(void);
__attribute__((section(".vectors"), used)) static const void *const vectors[] = {(void *)0x20010000, (void *)start};

static const u32 special[32] = {
    0x00000000, 0x80000000, 0x00000001, 0x80000001, 0x007fffff, 0x807fffff, 0x00800000, 0x80800000,
    0x3f800000, 0xbf800000, 0x3f000000, 0x40000000, 0x7f7fffff, 0xff7fffff, 0x7f800000, 0xff800000,
    0x7fc00000, 0xffc12345, 0x7f800001, 0xffa54321, 0x4effffff, 0x4f000000, 0xcf000000, 0x4f7fffff,
    0x4f800000, 0x477fefff, 0x477ff000, 0x47ffefff, 0x47fff000, 0x33000000, 0x33000001, 0x38800000};

static u32 state;

static u32 next(void)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

static u32 operand(void)
{
    u32 kind = next(), bits = next(), low = kind >> 8;
    switch (kind & 7) {
    case 0: return special[bits & 31];
    case 1: return bits & 0x807fffff;
    case 2: return (bits & 0x807fffff) | (112 + (low & 31)) << 23;
    case 3: return (bits & 0x80700000) | (120 + (low & 15)) << 23;
    case 4: return (bits & 0x807fffff) | (250 + (low & 3)) << 23;
    case 5: return (bits & 0x807fffff) | (98 + (low & 31)) << 23;
    case 6: return (bits & 0x807fffff) | (56 + (low & 15)) << 23;
    default: return bits;
    }
}

#define OPERATIONS(X) \
    X(vadd, "vadd.f32 s2, s0, s1") \
    X(vsub, "vsub.f32 s2, s0, s1") \
    X(vmul, "vmul.f32 s2, s0, s1") \
    X(vnmul, "vnmul.f32 s2, s0, s1") \
    X(vdiv, "vdiv.f32 s2, s0, s1") \
    X(vsqrt, "vsqrt.f32 s2, s0") \
    X(vabs, "vabs.f32 s2, s0") \
    X(vneg, "vneg.f32 s2, s0") \
    X(vmla, "vmla.f32 s2, s0, s1") \
    X(vmls, "vmls.f32 s2, s0, s1") \
    X(vnmla, "vnmla.f32 s2, s0, s1") \
    X(vnmls, "vnmls.f32 s2, s0, s1") \
    X(vfma, "vfma.f32 s2, s0, s1") \
    X(vfms, "vfms.f32 s2, s0, s1") \
    X(vfnma, "vfnma.f32 s2, s0, s1") \
    X(vfnms, "vfnms.f32 s2, s0, s1") \
    X(vcmp, "vcmp.f32 s0, s1") \
    X(vcmpe, "vcmpe.f32 s0, s1") \
    X(vcmp_zero, "vcmp.f32 s0, #0.0") \
    X(vcvt_s32, "vcvt.s32.f32 s2, s0") \
    X(vcvt_u32, "vcvt.u32.f32 s2, s0") \
    X(vcvtr_s32, "vcvtr.s32.f32 s2, s0") \
    X(vcvtr_u32, "vcvtr.u32.f32 s2, s0") \
    X(vcvt_from_s32, "vcvt.f32.s32 s2, s0") \
    X(vcvt_from_u32, "vcvt.f32.u32 s2, s0") \
    X(vcvt_s16_5, "vmov s2, s0\n vcvt.s16.f32 s2, s2, #5") \
    X(vcvt_u16_16, "vmov s2, s0\n vcvt.u16.f32 s2, s2, #16") \
    X(vcvt_s32_20, "vmov s2, s0\n vcvt.s32.f32 s2, s2, #20") \
    X(vcvt_u32_32, "vmov s2, s0\n vcvt.u32.f32 s2, s2, #32") \
    X(vcvt_from_s16_5, "vmov s2, s0\n vcvt.f32.s16 s2, s2, #5") \
    X(vcvt_from_u16_16, "vmov s2, s0\n vcvt.f32.u16 s2, s2, #16") \
    X(vcvt_from_s32_20, "vmov s2, s0\n vcvt.f32.s32 s2, s2, #20") \
    X(vcvt_from_u32_32, "vmov s2, s0\n vcvt.f32.u32 s2, s2, #32") \
    X(vcvtb_from_half, "vcvtb.f32.f16 s2, s0") \
    X(vcvtt_from_half, "vcvtt.f32.f16 s2, s0") \
    X(vcvtb_to_half, "vcvtb.f16.f32 s2, s0") \
    X(vcvtt_to_half, "vcvtt.f16.f32 s2, s0")

struct outcome { u32 result, fpscr; };

#define FUNCTION(name, instruction) \
    __attribute__((noinline)) static struct outcome name(u32 n, u32 m, u32 d, u32 mode) \
    { \
        struct outcome o; \
        __asm__ volatile("vmov s0, %2\n vmov s1, %3\n vmov s2, %4\n vmsr fpscr, %5\n " instruction "\n" \
                         "vmrs %1, fpscr\n vmov %0, s2" \
                         : "=&r"(o.result), "=&r"(o.fpscr) : "r"(n), "r"(m), "r"(d), "r"(mode) \
                         : "s0", "s1", "s2", "cc"); \
        return o; \
    }
OPERATIONS(FUNCTION)

typedef struct outcome operation(u32 n, u32 m, u32 d, u32 mode);

static u32 mixed(u32 hash, u32 value)
{
    return ((hash << 7 | hash >> 25) ^ value) * 0x9e3779b1;
}

static u32 hash(operation *operate, u32 rounding)
{
    u32 hash = 0;
    state = 0x12345678;
    for (u32 special_modes = 0; special_modes < 8; special_modes++) {
        for (u32 i = 0; i < 10000; i++) {
            u32 n = operand(), m = operand(), d = operand();
            struct outcome o = operate(n, m, d, special_modes << 24 | rounding << 22);
            hash = mixed(mixed(hash, o.result), o.fpscr);
        }
    }
    return hash;
}

static void semihosting(u32 call, const void *argument)
{
    register u32 r0 __asm__("r0") = call;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

static void print(const char *text)
{
    semihosting(4, text);
}

static void report(const char *name, operation *operate)
{
    print(name);
    for (u32 rounding = 0; rounding < 4; rounding++) {
        u32 h = hash(operate, rounding);
        char hex[10];
        hex[0] = ' ';
        hex[9] = 0;
        for (u32 i = 8; i > 0; i--, h >>= 4) {
            hex[i] = "0123456789abcdef"[h & 15];
        }
        print(hex);
    }
    print("\n");
}

#define REPORT(name, instruction) report(#name, name);

static void start(void)
{
    *(volatile u32 *)0xe000ed88 |= 0xf << 20;
    __asm__ volatile("dsb\n isb");
    OPERATIONS(REPORT)
    semihosting(0x18, (void *)0x20026);
}

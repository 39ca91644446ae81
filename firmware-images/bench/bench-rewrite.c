// SPDX-License-Identifier: MIT
/* A small loop in RAM that is written anew before each time that it runs, as a loader or a compiler on the chip would. */
#include "bench.h"

#define LOOPS 50u

static uint16_t code[8] __attribute__((aligned(256)));

static uint32_t run(uint32_t iterations) {
    uint32_t x = 1;
    for (uint32_t i = 0; i < iterations; i++) {
        volatile uint16_t *at = code;
        at[0] = (uint16_t) (0x3000u | (i & 0xFFu)); /* adds r0, #i */
        at[1] = 0x4048;                             /* eors r0, r1 */
        at[2] = 0x3901;                             /* subs r1, #1 */
        at[3] = 0xD1FB;                             /* bne to the first */
        at[4] = 0x4770;                             /* bx lr */
        __asm__ volatile("dsb\n\tisb" ::: "memory");
        uint32_t (*made)(uint32_t, uint32_t) = (uint32_t (*)(uint32_t, uint32_t)) ((uintptr_t) code | 1u);
        x = made(x, LOOPS);
    }
    return x;
}

const struct Benchmark benchmark = {"bench-rewrite", 20000, run};

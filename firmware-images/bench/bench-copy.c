// SPDX-License-Identifier: MIT
/* 4 KB copied by octets, by words, and by four words at a time with LDM and STM. */
#include "bench.h"

#define WORDS 1024u

static uint32_t from[WORDS], to[WORDS];

static __attribute__((noinline)) void by_octets(uint8_t *d, const uint8_t *s, uint32_t count) {
    for (uint32_t k = 0; k < count; k++) {
        d[k] = s[k];
    }
}

static __attribute__((noinline)) void by_words(uint32_t *d, const uint32_t *s, uint32_t count) {
    for (uint32_t k = 0; k < count; k++) {
        d[k] = s[k];
    }
}

static __attribute__((noinline)) void by_fours(uint32_t *d, const uint32_t *s, uint32_t count) {
    for (uint32_t k = 0; k < count; k += 4) {
        __asm__ volatile("ldmia %0!, {r4, r5, r6, r8}\n\tstmia %1!, {r4, r5, r6, r8}"
                         : "+r"(s), "+r"(d)
                         :
                         : "r4", "r5", "r6", "r8", "memory");
    }
}

static uint32_t run(uint32_t iterations) {
    uint32_t x = 1, sum = 0;
    for (uint32_t i = 0; i < iterations; i++) {
        x = bench_step(x);
        from[x % WORDS] = x;
        by_octets((uint8_t *) to, (const uint8_t *) from, sizeof from / 4);
        by_words(to + WORDS / 4, from + WORDS / 4, WORDS / 4);
        by_fours(to + WORDS / 2, from + WORDS / 2, WORDS / 2);
        sum ^= to[x % WORDS] + i;
    }
    return sum;
}

const struct Benchmark benchmark = {"bench-copy", 50000, run};

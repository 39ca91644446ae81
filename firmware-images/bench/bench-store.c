// SPDX-License-Identifier: MIT
/* One word stored an iteration, all over 4 KB. */
#include "bench.h"

#define WORDS 1024u

static volatile uint32_t buffer[WORDS];

static uint32_t sum_of_buffer(void) {
    uint32_t sum = 0;
    for (uint32_t i = 0; i < WORDS; i++) {
        sum = (sum << 1 | sum >> 31) ^ buffer[i];
    }
    return sum;
}

static uint32_t run(uint32_t iterations) {
    uint32_t x = 1;
    for (uint32_t i = 0; i < iterations; i++) {
        x = x * 1664525u + 1013904223u;
        buffer[i % WORDS] = x;
    }
    return sum_of_buffer();
}

const struct Benchmark benchmark = {"bench-store", 50000000, run};

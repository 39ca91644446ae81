// SPDX-License-Identifier: MIT
/* Registers only: multiply, add, shift, exclusive or, count, branch. */
#include "bench.h"

static uint32_t run(uint32_t iterations) {
    uint32_t x = 1;
    for (uint32_t i = 0; i < iterations; i++) {
        x = bench_step(x);
    }
    return x;
}

const struct Benchmark benchmark = {"bench-alu", 50000000, run};

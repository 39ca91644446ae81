// SPDX-License-Identifier: MIT
/* What each benchmark gives to the frame that runs it. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <stdint.h>

struct Benchmark {
    const char *name;
    uint32_t default_iterations;
    uint32_t (*run)(uint32_t iterations); /* returns a checksum that depends on nothing but iterations */
};
extern const struct Benchmark benchmark;

/* A step of the generator that makes work and data: linear congruential, its low bits stirred. */
static inline uint32_t bench_step(uint32_t x) {
    x = x * 1664525u + 1013904223u;
    return x ^ x >> 7;
}

#endif

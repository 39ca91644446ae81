// SPDX-License-Identifier: MIT
/* Single-precision arithmetic: a digital filter and a polynomial, with products, sums, differences, a quotient and conversions. */
#include "armv7m.h"
#include "bench.h"

#define TAPS 16u

static float taps[TAPS], line[TAPS];

static float filtered(float sample) {
    float sum = 0.0f;
    for (uint32_t k = TAPS - 1; k > 0; k--) {
        line[k] = line[k - 1];
        sum += line[k] * taps[k];
    }
    line[0] = sample;
    return sum + sample * taps[0];
}

static uint32_t run(uint32_t iterations) {
    CPACR |= CPACR_CP10_CP11_FULL;
    __asm__ volatile("dsb\n\tisb");
    for (uint32_t k = 0; k < TAPS; k++) {
        taps[k] = 1.0f / (float) (k + 3);
    }
    uint32_t x = 1;
    float sum = 0.0f;
    for (uint32_t i = 0; i < iterations; i++) {
        x = bench_step(x);
        const float sample = (float) (int32_t) (x >> 16) * 0.001f - 30.0f;
        const float y = filtered(sample);
        sum = sum * 0.99f + y * (1.5f - y * (0.25f + y * 0.01f)) / (1.0f + y * y);
    }
    return (uint32_t) (int32_t) (sum * 1000.0f);
}

const struct Benchmark benchmark = {"bench-float", 1000000, run};

// SPDX-License-Identifier: MIT
#include "groups.h"
#include "kernel.h"
#include "report.h"

#include <stdbool.h>

#define CONDITIONS 14u
#define SHAPES 15u

typedef uint32_t (*ItFunction)(uint32_t flags, const uint32_t *four);

/* By condition, then by shape. */
extern const ItFunction it_functions[CONDITIONS][SHAPES];
uint32_t it_with_branch(uint32_t flags);

/* ARMv7-M ARM, A7.3: conditions come in pairs of opposites. */
static bool holds(uint32_t condition, uint32_t flags) {
    const bool n = (flags >> 31 & 1) != 0;
    const bool z = (flags >> 30 & 1) != 0;
    const bool c = (flags >> 29 & 1) != 0;
    const bool v = (flags >> 28 & 1) != 0;
    bool result;
    switch (condition >> 1) {
    case 0: result = z; break;
    case 1: result = c; break;
    case 2: result = n; break;
    case 3: result = v; break;
    case 4: result = c && !z; break;
    case 5: result = n == v; break;
    default: result = n == v && !z; break;
    }
    return result != ((condition & 1) != 0);
}

/* shape + 1 in binary: a one, then a bit for each slot after the first, the last slot foremost: is it an "else"? */
static uint32_t expected_sum(uint32_t shape, bool condition) {
    uint32_t slots = 1;
    while ((shape + 1) >> slots != 0) {
        slots++;
    }
    uint32_t sum = condition ? 1 : 0;
    for (uint32_t slot = 1; slot < slots; slot++) {
        const bool is_else = ((shape + 1) >> (slot - 1) & 1) != 0;
        sum += condition != is_else ? 1u << slot : 0;
    }
    return sum;
}

void it_blocks_check(uint32_t round) {
    static const uint32_t four = 4;
    uint32_t random = kernel_random(round + 1);
    for (uint32_t condition = 0; condition < CONDITIONS; condition++) {
        random = kernel_random(random);
        const uint32_t flags = random & 0xF0000000u;
        const bool result = holds(condition, flags);
        for (uint32_t shape = 0; shape < SHAPES; shape++) {
            const uint32_t sum = it_functions[condition][shape](flags, &four);
            if (sum != expected_sum(shape, result)) {
                check("IT block: condition, shape, flags", 0, condition << 8 | shape | flags);
                check("IT block: sum of its slots", expected_sum(shape, result), sum);
            }
        }
        check("IT block that ends in a branch", (flags >> 30 & 1) != 0 ? 3 : 4, it_with_branch(flags));
    }
}

// SPDX-License-Identifier: MIT
/* What the groups of isa-check stand on: random numbers, a checksum, and operations as functions. */
#ifndef ISA_CHECK_H
#define ISA_CHECK_H

#include <stddef.h>
#include <stdint.h>

/* The next random number; every group starts anew, so that none depends on another. */
uint32_t random_word(void);

/* The same with corner values among them: 0, 1, the extremes of signed and unsigned halves and words. */
uint32_t random_operand(void);

/* Begins a group. */
void begin(void);

/* Takes a value into the group's checksum. */
void take(uint32_t value);

/* Ends the group and prints its line. */
void end(const char *name);

/* An instruction as a function: gives its result, takes and gives the flags of the APSR, or the FPSCR. */
typedef uint32_t (*Operation)(uint32_t a, uint32_t b, uint32_t c, uint32_t *flags);

struct Group {
    const char *name;
    const Operation *operations;
    size_t count;
};

/* Runs each operation of a group on random operands and prints the group's line. */
void check_group(const struct Group *group, uint32_t flag_mask);

#define GROUP(title, array) \
    { .name = title, .operations = array, .count = sizeof array / sizeof array[0] }

void integer_check(void);
void simd_check(void);
void memory_check(void);
void control_check(void);
void float_check(void);

#endif

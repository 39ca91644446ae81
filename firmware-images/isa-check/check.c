// SPDX-License-Identifier: MIT
#include "check.h"

#include "semihosting.h"
#include "text.h"

#define ROUNDS 40u

static uint32_t state;
static uint32_t sum;
static char line[80];
static uint32_t line_length;

uint32_t random_word(void) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

uint32_t random_operand(void) {
    static const uint32_t corners[] = {0,          1,          0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, 0x7FFF,     0x8000,     0xFFFF,
                                       0x7F7F7F7F, 0x80808080, 0x80007FFF, 0x7F800000, 0xFF800000, 0x7FC00001, 0x00800000, 0x3F800000};
    const uint32_t drawn = random_word();
    return (drawn & 0x300) == 0 ? corners[drawn & 15] : random_word() >> (drawn >> 12 & 16);
}

void begin(void) {
    state = 0x2545F491;
    sum = 0;
}

void take(uint32_t value) {
    sum = (sum << 5 | sum >> 27) ^ value;
    sum = sum * 0x01000193 + 0x9E3779B9;
}

static void put(char c) {
    if (line_length < sizeof line - 1) {
        line[line_length++] = c;
    }
}

__attribute__((format(printf, 1, 2))) static void print(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    line_length = 0;
    text_format(put, format, arguments);
    va_end(arguments);
    line[line_length] = 0;
    semihosting_write_string(line);
}

void end(const char *name) {
    print("%s %08lx\n", name, sum);
}

void check_group(const struct Group *group, uint32_t flag_mask) {
    begin();
    for (uint32_t round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < group->count; i++) {
            uint32_t flags = random_word() & flag_mask;
            const uint32_t a = random_operand();
            const uint32_t b = random_operand();
            take(group->operations[i](a, b, random_operand(), &flags));
            take(flags);
        }
    }
    end(group->name);
}

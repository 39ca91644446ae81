// SPDX-License-Identifier: MIT
/* Branches, tables, calls by pointer, recursion, varargs, conditions and IT blocks (ARMv7-M ARM, A4.3 and A7.3). */
#include <stdarg.h>

#include "check.h"

static uint32_t by_table(uint32_t which, uint32_t value) {
    switch (which) {
        case 0:
            return value + 1;
        case 1:
            return value ^ 0x55555555;
        case 2:
            return value * 9;
        case 3:
            return ~value;
        case 4:
            return value >> 3;
        case 5:
            return value - 77;
        case 6:
            return value << 2 | 1;
        case 9:
            return 9;
        default:
            return 0;
    }
}

static uint32_t table_of_halves(uint32_t which) {
    uint32_t result = which & 3;
    __asm volatile("tbh [pc, %0, lsl #1]\n"
                   "0:\t.hword (1f - 0b) / 2\n\t.hword (2f - 0b) / 2\n\t.hword (3f - 0b) / 2\n\t.hword (4f - 0b) / 2\n"
                   "1:\tmovs %0, #11\n\tb 4f\n"
                   "2:\tmovs %0, #22\n\tb 4f\n"
                   "3:\tmovs %0, #33\n"
                   "4:"
                   : "+l"(result)
                   :
                   : "cc");
    return result;
}

typedef uint32_t (*Step)(uint32_t);

static __attribute__((noinline)) uint32_t twice(uint32_t x) {
    return x * 2;
}

static __attribute__((noinline)) uint32_t collatz(uint32_t x) {
    return x & 1 ? 3 * x + 1 : x / 2;
}

static __attribute__((noinline)) uint32_t fibonacci(uint32_t n) {
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

static __attribute__((noinline)) uint32_t sum_of(uint32_t count, ...) {
    va_list arguments;
    va_start(arguments, count);
    uint32_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += i % 2 != 0 ? (uint32_t)(va_arg(arguments, uint64_t) >> 7) : va_arg(arguments, uint32_t);
    }
    va_end(arguments);
    return sum;
}

/* What each condition says of a comparison, one bit each. */
static uint32_t conditions(uint32_t a, uint32_t b) {
    uint32_t all = 0;
    __asm volatile("cmp %1, %2\n\t"
                   "ittee eq\n\torreq %0, #1\n\torreq %0, #2\n\torrne %0, #4\n\torrne %0, #8\n\t"
                   "ite cs\n\torrcs %0, #16\n\torrcc %0, #32\n\t"
                   "itet mi\n\torrmi %0, #64\n\torrpl %0, #128\n\torrmi %0, #256\n\t"
                   "ite vs\n\torrvs %0, #512\n\torrvc %0, #1024\n\t"
                   "ite hi\n\torrhi %0, #2048\n\torrls %0, #4096\n\t"
                   "ite ge\n\torrge %0, #8192\n\torrlt %0, #16384\n\t"
                   "ite gt\n\torrgt %0, #32768\n\torrle %0, #65536\n\t"
                   "itt ge\n\tcmpge %2, #0\n\torrge %0, #131072"
                   : "+r"(all)
                   : "r"(a), "r"(b)
                   : "cc");
    return all;
}

static void sort(int32_t *values, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        const int32_t value = values[i];
        uint32_t j = i;
        for (; j > 0 && values[j - 1] > value; j--) {
            values[j] = values[j - 1];
        }
        values[j] = value;
    }
}

void control_check(void) {
    static const Step steps[] = {twice, collatz, fibonacci};
    int32_t values[50];
    begin();
    for (uint32_t i = 0; i < 200; i++) {
        const uint32_t a = random_operand(), b = random_operand();
        take(by_table(a % 11, b));
        take(table_of_halves(a));
        take(steps[b % 2](a));
        take(conditions(a, b) ^ conditions(b, b) << 1);
        take(sum_of(5, a, (uint64_t) b << 20, b, (uint64_t) a << 9, 3u));
        values[i % 50] = (int32_t) b;
    }
    sort(values, 50);
    for (uint32_t i = 0; i < 50; i++) {
        take((uint32_t) values[i]);
    }
    take(steps[2](15));
    end("control");
}

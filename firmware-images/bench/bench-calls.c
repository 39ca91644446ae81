// SPDX-License-Identifier: MIT
/* What Dhrystone is about: small functions that call each other, records that are copied, strings that are compared, few loops. */
#include "bench.h"

#define LENGTH 31u

struct Record {
    struct Record *other;
    uint32_t kind;
    int32_t number;
    char text[LENGTH];
};

static struct Record first, second;
static int32_t small[50];
static int32_t large[50][50];
static int32_t global;
static char letter;

static __attribute__((noinline)) void copy_text(char *to, const char *from) {
    while ((*to++ = *from++) != 0) {
    }
}

static __attribute__((noinline)) int32_t compare_text(const char *one, const char *other) {
    while (*one && *one == *other) {
        one++;
        other++;
    }
    return *one - *other;
}

static __attribute__((noinline)) uint32_t kind_after(uint32_t kind, uint32_t wanted) {
    switch (kind) {
    case 0:
        return wanted == 0 ? 1u : 3u;
    case 1:
        return global > 100 ? 0u : 2u;
    case 2:
        return wanted;
    case 3:
        return 4;
    default:
        return 2;
    }
}

static __attribute__((noinline)) int32_t add_two(int32_t x, int32_t y) {
    return x + 2 + y;
}

static __attribute__((noinline)) void exchange(struct Record *record) {
    struct Record *next = record->other;
    *next = *record;
    record->number = 5;
    next->number = record->number;
    next->other = record->other;
    if (next->kind == 0) {
        next->number = add_two(6, next->number);
        next->kind = kind_after(record->kind, next->kind);
    } else {
        *record = *next;
    }
}

static __attribute__((noinline)) void fill(int32_t at, int32_t value) {
    const int32_t place = at + 5;
    small[place] = value;
    small[place + 1] = small[place];
    small[place + 30] = place;
    for (int32_t k = place; k <= place + 1; k++) {
        large[place][k] = place;
    }
    large[place][place - 1]++;
    large[place + 20][place] = small[place];
    global = 5;
}

static __attribute__((noinline)) uint32_t order(const char *one, const char *other) {
    int32_t k = 2;
    while (k <= 2) {
        if (one[k] == other[k + 1]) {
            letter = 'A';
        } else {
            k++;
        }
    }
    return compare_text(one, other) > 0 ? 1u : 0u;
}

static uint32_t run(uint32_t iterations) {
    char one[LENGTH], other[LENGTH];
    uint32_t sum = 0;
    first.other = &second;
    second.other = &second;
    copy_text(first.text, "PICORN PROGRAM, SOME STRING");
    copy_text(one, "PICORN PROGRAM, 1'ST STRING");
    for (uint32_t i = 0; i < iterations; i++) {
        int32_t x = 2;
        letter = 'B';
        copy_text(other, "PICORN PROGRAM, 2'ND STRING");
        uint32_t kind = order(one, other) ? 0u : 1u;
        while (x < 3) {
            x = add_two(5 * x - 7, x) - 3;
        }
        fill(x & 7, (int32_t) i);
        first.kind = i & 1u;
        exchange(&first);
        for (char c = 'A'; c <= letter; c++) {
            kind = kind_after(kind, (uint32_t) c & 3u);
        }
        sum += kind + (uint32_t) x * 7u + (uint32_t) (second.number / 3) + (uint32_t) small[12];
    }
    return sum ^ (uint32_t) large[27][7];
}

const struct Benchmark benchmark = {"bench-calls", 500000, run};

// SPDX-License-Identifier: MIT
/* Loads and stores in all forms, multiple ones, exclusive ones, and copying (ARMv7-M ARM, A4.6 and A4.7). */
#include "check.h"
#include "octets.h"

#define WORDS 64u

static uint32_t from[WORDS], to[WORDS];

struct __attribute__((packed, may_alias)) Packed {
    uint8_t octet;
    uint32_t word;
    int16_t half;
    uint64_t twice;
};

static void fill(void) {
    begin();
    for (uint32_t i = 0; i < WORDS; i++) {
        from[i] = random_word();
        to[i] = 0;
    }
}

static void take_all(void) {
    for (uint32_t i = 0; i < WORDS; i++) {
        take(to[i]);
    }
}

static void narrow_and_unaligned(void) {
    fill();
    const uint8_t *octets = (const uint8_t *) from;
    for (uint32_t i = 0; i < 200; i++) {
        const struct Packed *in = (const struct Packed *) (octets + (random_word() & 63));
        struct Packed *out = (struct Packed *) ((uint8_t *) to + (random_word() & 127));
        out->octet = (uint8_t)(in->octet + 1);
        out->word = in->word ^ (uint32_t) in->half;
        out->half = (int16_t)(in->half - (int8_t) in->octet);
        out->twice += in->twice;
    }
    take_all();
    end("narrow and unaligned");
}

static void indexed(void) {
    fill();
    const uint32_t *source = from;
    uint32_t *target = to;
    for (uint32_t i = 0; i < WORDS / 4; i++) {
        uint32_t a, b;
        __asm volatile("ldr %0, [%2], #4\n\tldrsh %1, [%2, #2]!\n\tadd %2, %2, #2\n\t"
                       "str %0, [%3, #4]!\n\tstrh %1, [%3, #-2]\n\tldrd %0, %1, [%2], #8\n\tstrd %1, %0, [%3, #4]!\n\tadd %3, %3, #4"
                       : "=&r"(a), "=&r"(b), "+&r"(source), "+&r"(target)
                       :
                       : "memory");
        take(a ^ b * 3);
        source -= 2;
        target -= 2;
    }
    take_all();
    end("indexed");
}

static void multiples(void) {
    fill();
    uint32_t *source = from;
    uint32_t *target = to;
    for (uint32_t i = 0; i < 4; i++) {
        __asm volatile("mov r9, #77\n\tldmia %0!, {r2, r3, r4, r5}\n\tstmia %1!, {r2, r4, r5}\n\tldmia %0, {r6, r8}\n\tstmia %1!, {r3, r6, r8, r9}\n\t"
                       "ldmdb %0!, {r2, r8, r9}\n\tstmdb %1!, {r2, r9}\n\tadd %1, %1, #8\n\tadd %0, %0, #12\n\t"
                       "push {r2-r6, lr}\n\tpop {r3, r4}\n\tpop {r2, r5, r6, r8}\n\tstmia %1!, {r2, r3, r4}"
                       : "+&r"(source), "+&r"(target)
                       :
                       : "r2", "r3", "r4", "r5", "r6", "r8", "r9", "memory");
    }
    take_all();
    end("multiples");
}

static uint32_t load_exclusive(uint32_t *at) {
    uint32_t value;
    __asm volatile("ldrex %0, [%1]" : "=r"(value) : "r"(at) : "memory");
    return value;
}

static uint32_t store_exclusive(uint32_t *at, uint32_t value) {
    uint32_t failed;
    __asm volatile("strex %0, %2, [%1]" : "=&r"(failed) : "r"(at), "r"(value) : "memory");
    return failed;
}

static void exclusives(void) {
    fill();
    for (uint32_t i = 0; i < WORDS; i++) {
        const uint32_t value = load_exclusive(&from[i]);
        if (value & 1) {
            __asm volatile("clrex" ::: "memory");
        }
        take(store_exclusive(&from[i], value + 1));
        take(store_exclusive(&from[i], value + 2));
        uint8_t octet;
        uint16_t half;
        uint32_t failed;
        __asm volatile("ldrexb %0, [%3]\n\tstrexb %2, %0, [%3]\n\tldrexh %1, [%3]" : "=&r"(octet), "=&r"(half), "=&r"(failed) : "r"(&from[i]) : "memory");
        take(failed << 16 ^ octet ^ half);
        __asm volatile("strexh %0, %1, [%2]" : "=&r"(failed) : "r"((uint32_t) half + 1), "r"(&from[i]) : "memory");
        take(failed);
        to[i] = from[i];
        (void) __atomic_fetch_add(&to[i], value, __ATOMIC_SEQ_CST);
    }
    take_all();
    end("exclusives");
}

static void copying(void) {
    fill();
    for (uint32_t i = 0; i < 100; i++) {
        const uint32_t offset = random_word() & 63;
        memcpy((uint8_t *) to + (random_word() & 63), (const uint8_t *) from + offset, random_word() & 127);
        memset((uint8_t *) to + 128 + offset, (int) i, offset);
    }
    take_all();
    end("copying");
}

void memory_check(void) {
    narrow_and_unaligned();
    indexed();
    multiples();
    exclusives();
    copying();
}

// SPDX-License-Identifier: MIT
/* Words in the core's own order of octets, at any address; whole ones are the fastest. */
#ifndef HELLO_WORDS_H
#define HELLO_WORDS_H

#include <stdint.h>

static inline uint32_t load_word(const uint8_t *at) {
    uint32_t word;
    __builtin_memcpy(&word, at, sizeof word);
    return word;
}

static inline void store_word(uint8_t *at, uint32_t word) {
    __builtin_memcpy(at, &word, sizeof word);
}

#endif

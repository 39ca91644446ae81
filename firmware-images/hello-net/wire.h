// SPDX-License-Identifier: MIT
/* Fields of frames in network byte order. */
#ifndef HELLO_WIRE_H
#define HELLO_WIRE_H

#include <stdint.h>

static inline uint16_t get16(const uint8_t *at) {
    return (uint16_t) (at[0] << 8 | at[1]);
}

static inline uint32_t get32(const uint8_t *at) {
    return (uint32_t) get16(at) << 16 | get16(at + 2);
}

static inline void put16(uint8_t *at, uint32_t value) {
    at[0] = (uint8_t) (value >> 8);
    at[1] = (uint8_t) value;
}

static inline void put32(uint8_t *at, uint32_t value) {
    put16(at, value >> 16);
    put16(at + 2, value);
}

/* RFC 1071: adds octets, the first of them the high half of a word, to a running sum. */
uint32_t checksum_add(uint32_t sum, const uint8_t *at, uint32_t length);

/* The sum in 16 bits: 0xFFFF over data that holds its own right checksum. */
uint16_t checksum_fold(uint32_t sum);

#define CHECKSUM_GOOD 0xFFFFu

#endif

// SPDX-License-Identifier: MIT
#include "wire.h"

uint32_t checksum_add(uint32_t sum, const uint8_t *at, uint32_t length) {
    for (; length >= 2; length -= 2, at += 2) {
        sum += get16(at);
    }
    return length == 0 ? sum : sum + (uint32_t) (at[0] << 8);
}

uint16_t checksum_fold(uint32_t sum) {
    while (sum > 0xFFFFu) {
        sum = (sum & 0xFFFFu) + (sum >> 16);
    }
    return (uint16_t) sum;
}

// SPDX-License-Identifier: MIT
#include "wire.h"

#include "words.h"

/* RFC 1071, 2 (B) and (C): a sum of words in the core's order, folded, is the sum of halfwords with its octets exchanged. */
static uint32_t sum_words(const uint8_t *at, uint32_t words) {
    uint64_t sum = 0;
    for (; words > 0; words--, at += 4) {
        sum += load_word(at);
    }
    const uint32_t high = (uint32_t) (sum >> 32);
    return __builtin_bswap16(checksum_fold((uint32_t) (sum & 0xFFFFu) + ((uint32_t) sum >> 16) + high));
}

uint32_t checksum_add(uint32_t sum, const uint8_t *at, uint32_t length) {
    sum += sum_words(at, length / 4);
    at += length & ~3u;
    length &= 3u;
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

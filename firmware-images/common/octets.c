// SPDX-License-Identifier: MIT
#include "octets.h"

void *memcpy(void *restrict to, const void *restrict from, size_t size) {
    unsigned char *out = to;
    const unsigned char *in = from;
    while (size-- > 0) {
        *out++ = *in++;
    }
    return to;
}

void *memmove(void *to, const void *from, size_t size) {
    unsigned char *out = to;
    const unsigned char *in = from;
    if (out <= in) {
        return memcpy(to, from, size);
    }
    while (size-- > 0) {
        out[size] = in[size];
    }
    return to;
}

void *memset(void *to, int value, size_t size) {
    unsigned char *out = to;
    while (size-- > 0) {
        *out++ = (unsigned char) value;
    }
    return to;
}

int memcmp(const void *left, const void *right, size_t size) {
    const unsigned char *l = left;
    const unsigned char *r = right;
    for (; size > 0; size--, l++, r++) {
        if (*l != *r) {
            return *l - *r;
        }
    }
    return 0;
}

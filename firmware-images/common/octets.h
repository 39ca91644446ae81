// SPDX-License-Identifier: MIT
/* The four memory functions that GCC expects of every environment. */
#ifndef PICORN_OCTETS_H
#define PICORN_OCTETS_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int value, size_t size);
int memcmp(const void *left, const void *right, size_t size);

#endif

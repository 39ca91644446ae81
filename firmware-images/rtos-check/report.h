// SPDX-License-Identifier: MIT
/* What failed, and the lines that say so. */
#ifndef RTOS_REPORT_H
#define RTOS_REPORT_H

#include <stdbool.h>
#include <stdint.h>

/* Notes a failure when the two differ. From any thread or handler. */
void check(const char *what, uint32_t expected, uint32_t actual);

/* The same of two short strings, which must be static. */
void check_text(const char *what, const char *expected, const char *actual);

/* Prints "name ok", or the failures since the last group. From the main thread. */
void report_group(const char *name);

/* Whether nothing has failed at all. */
bool report_all_good(void);

void print(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif

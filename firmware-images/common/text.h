// SPDX-License-Identifier: MIT
/* A small formatter: %s %c %u %d %x with an optional width, 0 for zero padding, and l; nothing else. */
#ifndef PICORN_TEXT_H
#define PICORN_TEXT_H

#include <stdarg.h>
#include <stdint.h>

typedef void (*PutChar)(char c);

void text_format(PutChar put, const char *format, va_list arguments);

/* The number after "name=" among the words of a command line, or fallback when there is none. */
uint32_t text_number_option(const char *line, const char *name, uint32_t fallback);

/* Whether word is one of the words of a command line. */
int text_has_word(const char *line, const char *word);

#endif

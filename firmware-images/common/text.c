// SPDX-License-Identifier: MIT
#include "text.h"

#include <stdbool.h>
#include <stddef.h>

struct Conversion {
    char kind;
    char pad;
    unsigned width;
};

static void put_padded(PutChar put, const char *digits, unsigned count, const struct Conversion *how) {
    for (unsigned i = count; i < how->width; i++) {
        put(how->pad);
    }
    while (count-- > 0) {
        put(*digits++);
    }
}

static void put_number(PutChar put, unsigned long value, unsigned long base, const struct Conversion *how) {
    char digits[11];
    unsigned at = sizeof digits;
    do {
        digits[--at] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value != 0);
    put_padded(put, digits + at, (unsigned) sizeof digits - at, how);
}

static void put_signed(PutChar put, long value, const struct Conversion *how) {
    if (value < 0) {
        put('-');
        put_number(put, 0ul - (unsigned long) value, 10, how);
    } else {
        put_number(put, (unsigned long) value, 10, how);
    }
}

static void put_string(PutChar put, const char *text) {
    while (*text != 0) {
        put(*text++);
    }
}

static const char *parse_conversion(const char *at, struct Conversion *how) {
    how->pad = ' ';
    how->width = 0;
    if (*at == '0') {
        how->pad = '0';
        at++;
    }
    while (*at >= '0' && *at <= '9') {
        how->width = how->width * 10 + (unsigned) (*at++ - '0');
    }
    if (*at == 'l') {
        at++; /* int and long are the same size here */
    }
    how->kind = *at;
    return *at == 0 ? at : at + 1;
}

void text_format(PutChar put, const char *format, va_list arguments) {
    while (*format != 0) {
        if (*format != '%') {
            put(*format++);
            continue;
        }
        struct Conversion how;
        format = parse_conversion(format + 1, &how);
        switch (how.kind) {
        case 's': put_string(put, va_arg(arguments, const char *)); break;
        case 'c': put((char) va_arg(arguments, int)); break;
        case 'u': put_number(put, va_arg(arguments, unsigned long), 10, &how); break;
        case 'x': put_number(put, va_arg(arguments, unsigned long), 16, &how); break;
        case 'd': put_signed(put, va_arg(arguments, long), &how); break;
        default: put(how.kind); break;
        }
    }
}

/* What follows prefix in the first word of line that starts with it, or NULL. */
static const char *find_word(const char *line, const char *prefix) {
    for (bool at_start = true; *line != 0; at_start = *line == ' ', line++) {
        size_t n = 0;
        while (at_start && prefix[n] != 0 && line[n] == prefix[n]) {
            n++;
        }
        if (at_start && prefix[n] == 0) {
            return line + n;
        }
    }
    return NULL;
}

uint32_t text_number_option(const char *line, const char *name, uint32_t fallback) {
    const char *at = find_word(line, name);
    if (at == NULL || *at != '=') {
        return fallback;
    }
    uint32_t value = 0;
    for (at++; *at >= '0' && *at <= '9'; at++) {
        value = value * 10 + (uint32_t) (*at - '0');
    }
    return value;
}

int text_has_word(const char *line, const char *word) {
    const char *end = find_word(line, word);
    return end != NULL && (*end == 0 || *end == ' ');
}

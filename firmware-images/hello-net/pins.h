// SPDX-License-Identifier: MIT
/* Alternate functions of pins (RM0090, chapter 8). */
#ifndef HELLO_PINS_H
#define HELLO_PINS_H

#include <stddef.h>

struct Pin {
    char port;
    unsigned char number;
    unsigned char function;
};

/* Turns on the ports' clocks; makes each pin a fast push-pull alternate function without pull. */
void pins_configure(const struct Pin *pins, size_t count);

#endif

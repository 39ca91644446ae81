// SPDX-License-Identifier: MIT
/* Time: SysTick in milliseconds, TIM2 in microseconds, and waiting with a time-out. */
#ifndef HELLO_TICKS_H
#define HELLO_TICKS_H

#include <stdbool.h>
#include <stdint.h>

/* Starts, or restarts at a new HCLK, the 1 kHz tick. */
void ticks_start(void);

/* Milliseconds since the start. */
uint32_t ticks(void);

/* Starts TIM2 as a free-running 32-bit counter at 1 MHz; reads it. */
void microseconds_start(void);
uint32_t microseconds(void);

/* Polls until (*reg & mask) == value, or fails with the register's name. */
void require_bits(
    const volatile uint32_t *reg, uint32_t mask, uint32_t value, uint32_t milliseconds, const char *name);

/* Sleeps until an interrupt, unless ready() says that there is work; no wake-up is lost in between. */
void sleep_unless(bool (*ready)(void));

/* Sleeps between two looks at something that takes long; the first millisecond is the rest of one. */
void sleep_for(uint32_t milliseconds);

#endif

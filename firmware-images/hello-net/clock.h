// SPDX-License-Identifier: MIT
/* The clock tree (RM0090, chapter 6) of the board stm32429i-eval: a 25 MHz crystal. */
#ifndef HELLO_CLOCK_H
#define HELLO_CLOCK_H

#include <stdint.h>

/* HSE through the PLL: SYSCLK 168 MHz, APB1 / 4, APB2 / 2. Needs ticks for its time-outs. */
void clock_start(void);

/* Frequencies in Hz, as the RCC's registers say at this moment. */
uint32_t clock_hclk(void);
uint32_t clock_pclk2(void);
uint32_t clock_apb1_timers(void);

#endif

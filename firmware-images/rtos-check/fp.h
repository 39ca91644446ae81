// SPDX-License-Identifier: MIT
#ifndef RTOS_FP_H
#define RTOS_FP_H

#include <stdint.h>

/* Holds values made from base in all FP registers for some time; 0 when all are kept. store_at: a word to write, or 0. */
uint32_t fp_hold(uint32_t base, uint32_t spins, volatile uint32_t *store_at, uint32_t value);

uint32_t frames_interrupt(uint32_t lower, volatile uint32_t *store_at, uint32_t value);

#endif

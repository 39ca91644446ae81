// SPDX-License-Identifier: MIT
#ifndef RTOS_FP_H
#define RTOS_FP_H

#include <stdint.h>

/* Holds values made from base in all FP registers; writes a word first unless store_at is NULL. Returns 0: all kept. */
uint32_t fp_hold(uint32_t base, uint32_t spins, volatile uint32_t *store_at, uint32_t value);

uint32_t frames_interrupt(uint32_t lower, volatile uint32_t *store_at, uint32_t value);

#endif

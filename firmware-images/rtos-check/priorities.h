// SPDX-License-Identifier: MIT
/*
 * Three external interrupts, pended by software, write into a log: a small letter on entry, the capital on exit.
 * SysTick and PendSV lie below them, so what the log holds does not depend on time.
 */
#ifndef RTOS_PRIORITIES_H
#define RTOS_PRIORITIES_H

#include "groups.h"

#include <stdint.h>

/* Level 0 is low, 1 is mid, 2 is high. */
#define LEVELS 3u
#define LOG_SIZE 64u

extern const char ENTRY[]; /* letters by level */
extern const char EXIT[];

/* What an activation does between entry and exit. */
typedef void (*Action)(uint32_t level);

static inline uint32_t irq_of(uint32_t level) {
    return IRQ_LOW + level;
}

void set_level_priorities(void);

/* Empties the log and says what activations do from now on; NULL: nothing. */
void clear_log(Action action);
void log_entry(char entry);
const char *log_text(void);
uint32_t log_length(void);
uint32_t deepest_nesting(void);
void check_log(const char *what, const char *expected);

void pend_by_stir(uint32_t irq);
/* Pends all levels, the lowest first, while PRIMASK is set; returns when all have run. */
void pend_all_masked(void);

#endif

// SPDX-License-Identifier: MIT
/* Which interrupt pre-empts which, and what follows what without a return in between. */
#include "armv7m.h"
#include "groups.h"
#include "kernel.h"
#include "priorities.h"
#include "report.h"

#include <stddef.h>

static void pend_next_higher(uint32_t level) {
    if (level + 1 < LEVELS) {
        nvic_pend(irq_of(level + 1));
    }
}

static void pend_next_lower(uint32_t level) {
    if (level > 0) {
        pend_by_stir(irq_of(level - 1));
    }
}

static void repend_itself_once(uint32_t level) {
    if (log_length() == 1) {
        nvic_pend(irq_of(level));
    }
}

static void call_service(uint32_t level) {
    check("service in a handler", COMBINE(level, 1, 2, 3), SERVICE_CALL(SERVICE_COMBINE, level, 1, 2, 3));
}

/* All see the stack pointer of the thread that they, together, interrupted. */
static uint32_t stack_pointers[LEVELS];

static void note_stack_pointer(uint32_t level) {
    __asm volatile("mrs %0, psp" : "=r"(stack_pointers[level]));
}

static void check_tail_chain(void) {
    clear_log(note_stack_pointer);
    pend_all_masked();
    check_log("three pended at once", "hHmMlL");
    check("depth of a chain", 1, deepest_nesting());
    check("PSP in the second of a chain", stack_pointers[2], stack_pointers[1]);
    check("PSP in the third of a chain", stack_pointers[2], stack_pointers[0]);
}

static void check_equal_priorities(void) {
    nvic_set_priority(IRQ_LOW, PRIORITY_MID);
    nvic_set_priority(IRQ_HIGH, PRIORITY_MID);
    clear_log(NULL);
    pend_all_masked();
    check_log("equal priorities: the lower number first", "lLmMhH");
    clear_log(pend_next_higher);
    nvic_pend(IRQ_LOW);
    check_log("equal priorities do not pre-empt", "lLmMhH");
    set_level_priorities();
}

void nesting_check(uint32_t round) {
    (void) round;
    clear_log(pend_next_higher);
    nvic_pend(IRQ_LOW);
    check_log("each pends the next higher", "lmhHML");
    check("deepest nesting", 3, deepest_nesting());
    clear_log(pend_next_lower);
    nvic_pend(IRQ_HIGH);
    check_log("each pends the next lower", "hHmMlL");
    clear_log(repend_itself_once);
    nvic_pend(IRQ_MID);
    check_log("one pends itself", "mMmM");
    clear_log(call_service);
    pend_by_stir(IRQ_HIGH);
    check_log("one calls a service", "hH");
    check_tail_chain();
    check_equal_priorities();
}

// SPDX-License-Identifier: MIT
/* AIRCR.PRIGROUP: only the group part of a priority pre-empts; the whole of it orders what waits. */
#include "armv7m.h"
#include "groups.h"
#include "kernel.h"
#include "priorities.h"
#include "report.h"

#include <stddef.h>

static void pend_high_from_low(uint32_t level) {
    if (level == 0) {
        nvic_pend(IRQ_HIGH);
    }
}

static void check_group(uint32_t prigroup, uint32_t running, uint32_t pended) {
    SCB->AIRCR = AIRCR_VECTKEY | prigroup << AIRCR_PRIGROUP_SHIFT;
    dsb();
    isb();
    nvic_set_priority(IRQ_LOW, running);
    nvic_set_priority(IRQ_HIGH, pended);
    clear_log(pend_high_from_low);
    nvic_pend(IRQ_LOW);
    const bool preempts = pended << 4 >> (prigroup + 1) < running << 4 >> (prigroup + 1);
    check_log(preempts ? "a higher group pre-empts" : "the same or a lower group waits", preempts ? "lhHL" : "lLhH");
}

/* Sub-priorities order what waits, whatever the group. */
static void check_subpriorities(void) {
    SCB->AIRCR = AIRCR_VECTKEY | 7u << AIRCR_PRIGROUP_SHIFT;
    set_level_priorities();
    clear_log(NULL);
    pend_all_masked();
    check_log("sub-priorities order what is pending", "hHmMlL");
}

void grouping_check(uint32_t round) {
    uint32_t random = kernel_random(round + 1);
    for (uint32_t prigroup = 0; prigroup < 8; prigroup++) {
        random = kernel_random(random);
        check_group(prigroup, random >> 8 & 15, random >> 16 & 15);
        check_group(prigroup, random >> 12 & 15, (random >> 12 & 15) ^ 1);
    }
    check_subpriorities();
    SCB->AIRCR = AIRCR_VECTKEY;
    dsb();
    isb();
    set_level_priorities();
}

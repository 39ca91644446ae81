// SPDX-License-Identifier: MIT
/* What BASEPRI, PRIMASK, FAULTMASK and the enable bits hold back. */
#include "armv7m.h"
#include "groups.h"
#include "kernel.h"
#include "priorities.h"
#include "report.h"

#include <stddef.h>

static void pend_each(void) {
    for (uint32_t level = 0; level < LEVELS; level++) {
        nvic_pend(irq_of(level));
    }
}

static void check_basepri(void) {
    clear_log(NULL);
    write_basepri(PRIORITY_MID << 4);
    pend_each();
    check_log("BASEPRI lets only higher ones through", "hH");
    check("pending under BASEPRI", 1, nvic_pending(IRQ_MID));
    write_basepri(PRIORITY_LOW << 4);
    check_log("a lower mask lets the next through", "hHmM");
    write_basepri(0);
    isb();
    check_log("BASEPRI 0 lets all through", "hHmMlL");
}

static void check_basepri_max(void) {
    uint32_t value;
    write_basepri(PRIORITY_MID << 4);
    __asm volatile("msr basepri_max, %0" ::"r"(PRIORITY_LOW << 4));
    __asm volatile("mrs %0, basepri" : "=r"(value));
    check("BASEPRI_MAX does not lower the mask", PRIORITY_MID << 4, value);
    __asm volatile("msr basepri_max, %0" ::"r"(PRIORITY_HIGH << 4));
    __asm volatile("mrs %0, basepri" : "=r"(value));
    check("BASEPRI_MAX raises the mask", PRIORITY_HIGH << 4, value);
    write_basepri(0);
}

static void check_primask(void) {
    clear_log(NULL);
    disable_interrupts();
    pend_each();
    check_log("PRIMASK lets nothing through", "");
    enable_interrupts();
    isb();
    check_log("then all, in order of priority", "hHmMlL");
}

static void check_faultmask(void) {
    clear_log(NULL);
    __asm volatile("cpsid f" ::: "memory");
    pend_each();
    check_log("FAULTMASK lets nothing through", "");
    __asm volatile("cpsie f\n\tisb" ::: "memory");
    check_log("then all, in order of priority", "hHmMlL");
}

static void check_unpended(void) {
    clear_log(NULL);
    disable_interrupts();
    nvic_pend(IRQ_MID);
    nvic_unpend(IRQ_MID);
    enable_interrupts();
    isb();
    check_log("what was unpended does not run", "");
}

static void check_disabled(void) {
    clear_log(NULL);
    nvic_disable(IRQ_MID);
    nvic_pend(IRQ_MID);
    check_log("what is disabled does not run", "");
    check("but stays pending", 1, nvic_pending(IRQ_MID));
    nvic_enable(IRQ_MID);
    dsb();
    isb();
    check_log("until it is enabled", "mM");
}

static void raise_own_mask(uint32_t level) {
    if (level == 0) {
        write_basepri(PRIORITY_HIGH << 4);
        nvic_pend(IRQ_HIGH);
        log_entry('-');
        write_basepri(0);
        isb();
    }
}

void masking_check(uint32_t round) {
    (void) round;
    check_basepri();
    check_basepri_max();
    check_primask();
    check_faultmask();
    check_unpended();
    check_disabled();
    clear_log(raise_own_mask);
    nvic_pend(IRQ_LOW);
    check_log("BASEPRI inside a handler", "l-hHL");
}

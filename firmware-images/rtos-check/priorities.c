// SPDX-License-Identifier: MIT
#include "armv7m.h"
#include "groups.h"
#include "kernel.h"
#include "priorities.h"
#include "report.h"

#include <stddef.h>

#define EXC_RETURN_HANDLER 0xFFFFFFF1u
#define EXC_RETURN_THREAD_PSP 0xFFFFFFFDu
#define EXC_RETURN_BASIC (1u << 4)

static volatile char entries[LOG_SIZE];
static volatile uint32_t entry_count;
static volatile uint32_t depth, deepest;
static volatile uint32_t interrupts;
static Action volatile action;

const char ENTRY[] = "lmh";
const char EXIT[] = "LMH";
static const uint8_t LEVEL_PRIORITY[] = {PRIORITY_LOW, PRIORITY_MID, PRIORITY_HIGH};

void log_entry(char entry) {
    if (entry_count < sizeof entries - 1) {
        entries[entry_count] = entry;
        entry_count = entry_count + 1;
    }
}

const char *log_text(void) {
    static char copy[sizeof entries];
    for (uint32_t i = 0; i < entry_count; i++) {
        copy[i] = entries[i];
    }
    copy[entry_count] = 0;
    return copy;
}

void clear_log(Action next) {
    action = next;
    entry_count = 0;
    deepest = 0;
}

void check_log(const char *what, const char *expected) {
    check_text(what, expected, log_text());
}

static bool is_active(uint32_t irq) {
    return (NVIC->IABR[irq / 32] >> (irq % 32) & 1) != 0;
}

void run_script(uint32_t exc_return);

/* Every activation passes here; what else it does is the test's action. */
void run_script(uint32_t exc_return) {
    const uint32_t irq = read_ipsr() - EXCEPTION_INTERRUPT_0;
    const uint32_t level = irq - IRQ_LOW;
    interrupts = interrupts + 1;
    depth = depth + 1;
    deepest = depth > deepest ? depth : deepest;
    log_entry(ENTRY[level]);
    check("IABR of the running interrupt", 1, is_active(irq));
    check("ISPR of the running interrupt", 0, nvic_pending(irq));
    check("ICSR.VECTACTIVE", read_ipsr(), SCB->ICSR & ICSR_VECTACTIVE);
    check("ICSR.RETTOBASE", depth == 1, (SCB->ICSR & ICSR_RETTOBASE) != 0);
    check("EXC_RETURN", depth == 1 ? EXC_RETURN_THREAD_PSP : EXC_RETURN_HANDLER, exc_return | EXC_RETURN_BASIC);
    if (action != NULL) {
        action(level);
    }
    log_entry(EXIT[level]);
    depth = depth - 1;
}

__attribute__((naked)) void Script_Handler(void) {
    __asm volatile("mov r0, lr\n\tb run_script");
}

uint32_t priorities_interrupts(void) {
    return interrupts;
}

void set_level_priorities(void) {
    for (uint32_t level = 0; level < LEVELS; level++) {
        nvic_set_priority(irq_of(level), LEVEL_PRIORITY[level]);
    }
}

void priorities_start(void) {
    set_level_priorities();
    for (uint32_t level = 0; level < LEVELS; level++) {
        nvic_enable(irq_of(level));
    }
}

void pend_by_stir(uint32_t irq) {
    STIR = irq;
    dsb();
    isb();
}

void pend_all_masked(void) {
    disable_interrupts();
    for (uint32_t level = 0; level < LEVELS; level++) {
        nvic_pend(irq_of(level));
    }
    enable_interrupts();
    isb();
}

uint32_t deepest_nesting(void) {
    return deepest;
}

uint32_t log_length(void) {
    return entry_count;
}

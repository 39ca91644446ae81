// SPDX-License-Identifier: MIT
/*
 * Three external interrupts, pended by software, write into a log: a small letter on entry, the capital on exit.
 * SysTick and PendSV lie below them, so what the log holds does not depend on time.
 */
#include "armv7m.h"
#include "groups.h"
#include "kernel.h"
#include "report.h"

#include <stddef.h>

#define LEVELS 3u
#define EXC_RETURN_HANDLER 0xFFFFFFF1u
#define EXC_RETURN_THREAD_PSP 0xFFFFFFFDu
#define EXC_RETURN_BASIC (1u << 4)

typedef void (*Action)(uint32_t level);

static volatile char entries[64];
static volatile uint32_t entry_count;
static volatile uint32_t depth, deepest;
static volatile uint32_t interrupts;
static Action volatile action;

static const char ENTRY[] = "lmh";
static const char EXIT[] = "LMH";
static const uint8_t LEVEL_PRIORITY[] = {PRIORITY_LOW, PRIORITY_MID, PRIORITY_HIGH};

static uint32_t irq_of(uint32_t level) {
    return IRQ_LOW + level;
}

static void note(char entry) {
    if (entry_count < sizeof entries - 1) {
        entries[entry_count] = entry;
        entry_count = entry_count + 1;
    }
}

static const char *log_text(void) {
    static char copy[sizeof entries];
    for (uint32_t i = 0; i < entry_count; i++) {
        copy[i] = entries[i];
    }
    copy[entry_count] = 0;
    return copy;
}

static void clear_log(Action next) {
    action = next;
    entry_count = 0;
    deepest = 0;
}

static void check_log(const char *what, const char *expected) {
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
    note(ENTRY[level]);
    check("IABR of the running interrupt", 1, is_active(irq));
    check("ISPR of the running interrupt", 0, nvic_pending(irq));
    check("ICSR.VECTACTIVE", read_ipsr(), SCB->ICSR & ICSR_VECTACTIVE);
    check("ICSR.RETTOBASE", depth == 1, (SCB->ICSR & ICSR_RETTOBASE) != 0);
    check("EXC_RETURN", depth == 1 ? EXC_RETURN_THREAD_PSP : EXC_RETURN_HANDLER, exc_return | EXC_RETURN_BASIC);
    if (action != NULL) {
        action(level);
    }
    note(EXIT[level]);
    depth = depth - 1;
}

__attribute__((naked)) void Script_Handler(void) {
    __asm volatile("mov r0, lr\n\tb run_script");
}

uint32_t priorities_interrupts(void) {
    return interrupts;
}

static void set_level_priorities(void) {
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

static void pend_by_stir(uint32_t irq) {
    STIR = irq;
    dsb();
    isb();
}

static void pend_all_masked(void) {
    disable_interrupts();
    for (uint32_t level = 0; level < LEVELS; level++) {
        nvic_pend(irq_of(level));
    }
    enable_interrupts();
    isb();
}

/* ---- nesting ---- */

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
    if (entry_count == 1) {
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
    check("depth of a chain", 1, deepest);
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
    check("deepest nesting", 3, deepest);
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

/* ---- storm: random pending, foretold by a model of the NVIC ---- */

#define STORM_ACTIVATIONS 12u

static uint32_t storm_seed;
static volatile uint32_t activations;

/* What activation n pends: a bit for each level, sparser and sparser. */
static uint32_t storm_targets(uint32_t n) {
    const uint32_t random = kernel_random(kernel_random(storm_seed + n * 0x9E3779B9u) | 1u);
    return n + 1 < STORM_ACTIVATIONS ? random >> 5 & random >> 11 & 7u : 0;
}

static void storm_action(uint32_t level) {
    (void) level;
    const uint32_t targets = storm_targets(activations);
    activations = activations + 1;
    for (uint32_t target = 0; target < LEVELS; target++) {
        if ((targets >> target & 1) == 0) {
            continue;
        }
        if ((storm_seed & 1) == 0) {
            nvic_pend(irq_of(target));
        } else {
            pend_by_stir(irq_of(target));
        }
    }
}

struct Model {
    char expected[sizeof entries];
    uint32_t length;
    uint32_t pending; /* a bit for each level */
    uint32_t activations;
};

static void model_note(struct Model *model, char entry) {
    if (model->length < sizeof model->expected - 1) {
        model->expected[model->length++] = entry;
    }
}

/* Runs what is pending above floor, the highest first; each may pend others in its middle. */
static void model_run(struct Model *model, int floor) {
    for (int level = (int) LEVELS - 1; level > floor; level--) {
        if ((model->pending >> level & 1) == 0) {
            continue;
        }
        model->pending &= ~(1u << level);
        model_note(model, ENTRY[level]);
        const uint32_t targets = storm_targets(model->activations++);
        for (uint32_t target = 0; target < LEVELS; target++) {
            model->pending |= targets & 1u << target;
            model_run(model, level);
        }
        model_note(model, EXIT[level]);
        level = (int) LEVELS; /* look again from the top */
    }
}

static void check_storm(uint32_t seed) {
    static struct Model model;
    storm_seed = seed;
    activations = 0;
    model.length = 0;
    model.activations = 0;
    model.pending = 7u;
    model_run(&model, -1);
    model.expected[model.length] = 0;
    clear_log(storm_action);
    pend_all_masked();
    check_text("order of a storm", model.expected, log_text());
    check("activations of a storm", model.activations, activations);
}

void storm_check(uint32_t round) {
    for (uint32_t i = 0; i < 4; i++) {
        check_storm(kernel_random(round * 4 + i + 1));
    }
}

/* ---- masks ---- */

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
        note('-');
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

/* ---- grouping: only the group part of a priority pre-empts ---- */

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

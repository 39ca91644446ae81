// SPDX-License-Identifier: MIT
/* A small preemptive kernel: threads on the process stack, round robin, switched by PendSV. */
#ifndef RTOS_KERNEL_H
#define RTOS_KERNEL_H

#include "services.h"

#include <stdbool.h>
#include <stdint.h>

/* Priorities, of 16: faults 0, SVC 2, tests 4 to 12, background interrupts 13, then these. */
enum Priority {
    PRIORITY_FAULTS = 0,
    PRIORITY_SVCALL = 2,
    PRIORITY_HIGH = 4,
    PRIORITY_MID = 8,
    PRIORITY_LOW = 12,
    PRIORITY_BACKGROUND = 13,
    PRIORITY_SYSTICK = 14,
    PRIORITY_PENDSV = 15
};

enum Privilege {
    PRIVILEGED = 0,
    UNPRIVILEGED = 1
};

struct KernelCounts {
    uint32_t ticks, cycles, switches, services;
};

/* Makes the caller's continuation, a function that does not return, a privileged thread; starts SysTick. */
_Noreturn void kernel_start(uint32_t seed, void (*main_thread)(void));

void kernel_create(void (*entry)(uint32_t argument), uint32_t argument, enum Privilege privilege);

struct KernelCounts kernel_counts(void);

/* Called every tick, by SysTick's handler, with a pseudo-random number. */
void kernel_tick_hook(uint32_t random);

/* A step of the pseudo-random sequence: xorshift, never 0. */
uint32_t kernel_random(uint32_t state);

#define COMBINE(a, b, c, d) (((a) ^ (b)) + 3u * (c) - (d))

/* In the parameters' order r0 to r3. */
#define SERVICE_CALL(number, r0_value, r1_value, r2_value, r3_value) \
    ({ \
        register uint32_t r0 __asm("r0") = (r0_value); \
        register uint32_t r1 __asm("r1") = (r1_value); \
        register uint32_t r2 __asm("r2") = (r2_value); \
        register uint32_t r3 __asm("r3") = (r3_value); \
        __asm volatile("svc %[imm]" : "+r"(r0) : [imm] "i"(number), "r"(r1), "r"(r2), "r"(r3) : "memory"); \
        r0; \
    })

static inline void kernel_yield(void) {
    (void) SERVICE_CALL(SERVICE_YIELD, 0, 0, 0, 0);
}

static inline void kernel_sleep(uint32_t ticks) {
    (void) SERVICE_CALL(SERVICE_SLEEP, ticks, 0, 0, 0);
}

/* Waits until all threads but the calling one have ended. */
static inline void kernel_join(void) {
    (void) SERVICE_CALL(SERVICE_JOIN, 0, 0, 0, 0);
}

static inline void kernel_pend(uint32_t irq) {
    (void) SERVICE_CALL(SERVICE_PEND, irq, 0, 0, 0);
}

#endif

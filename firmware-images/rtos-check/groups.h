// SPDX-License-Identifier: MIT
/* The groups of checks. Each runs in the privileged main thread, amid SysTick's interrupts. */
#ifndef RTOS_GROUPS_H
#define RTOS_GROUPS_H

#include <stdint.h>

/* External interrupts that nothing drives: pended by software alone. */
enum TestInterrupt {
    IRQ_LOW = 41,
    IRQ_MID = 42,
    IRQ_HIGH = 43,
    IRQ_FP = 44,      /* clobbers what a handler may clobber of the FPU */
    IRQ_COUNTER = 45,   /* counts with LDREX and STREX */
    IRQ_BAD_RETURN = 46 /* returns by a wrong EXC_RETURN */
};

/* SVC: arguments, results, registers, in IT blocks, in handlers. */
void services_check(uint32_t round);

/* Pre-emption, order, nesting, tail-chaining, masks, grouping. */
void priorities_start(void);
void nesting_check(uint32_t round);
void storm_check(uint32_t round);
void masking_check(uint32_t round);
void grouping_check(uint32_t round);
void Script_Handler(void);
uint32_t priorities_interrupts(void);

/* Exception frames: basic and FP, alignment, lazy saving. */
void frames_start(void);
void frames_check(uint32_t round);
void FpClobber_Handler(void);

/* IT blocks of all shapes under all conditions; from any thread. */
void it_blocks_check(uint32_t round);

/* LDREX, STREX, CLREX around exceptions. */
void exclusives_start(void);
void exclusives_check(uint32_t round);
void exclusives_count(uint32_t times);
void exclusives_check_total(void);
uint32_t exclusives_handled(void); /* interrupts counted so far */
void Counter_Handler(void);

/* Faults provoked and recovered. */
void faults_start(void);
void BadReturn_Handler(void);
void faults_check(uint32_t round);
void faults_check_unprivileged(void);
uint32_t faults_taken(void);

/* Threads that keep FP registers, run IT blocks and count, pre-empted at random. */
void threads_check(uint32_t rounds);

#endif

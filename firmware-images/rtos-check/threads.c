// SPDX-License-Identifier: MIT
#include "armv7m.h"
#include "fp.h"
#include "groups.h"
#include "kernel.h"
#include "report.h"

#include <stddef.h>

#define FP_HOLDS 20u
#define FP_SPINS 1000u
#define IT_PASSES 16u
#define COUNTS 6000u

static uint32_t rounds_to_run;

/* Keeps FP registers, in a rounding mode of its own. */
static void fp_thread(uint32_t seed) {
    uint32_t base = seed;
    for (uint32_t i = 0; i < rounds_to_run * FP_HOLDS; i++) {
        base = kernel_random(base);
        check("FP registers in a thread", 0, fp_hold((base & ~3u) | (seed & 3u), FP_SPINS, NULL, 0));
        if (i % 8 == 0) {
            kernel_yield();
        }
    }
}

static void it_thread(uint32_t seed) {
    for (uint32_t i = 0; i < rounds_to_run * IT_PASSES; i++) {
        it_blocks_check(seed + i);
    }
}

static void counting_thread(uint32_t unused) {
    (void) unused;
    for (uint32_t i = 0; i < rounds_to_run; i++) {
        exclusives_count(COUNTS);
        kernel_sleep(1);
    }
}

/* What unprivileged code may not do is ignored, or faults. */
static void check_no_masking(void) {
    disable_interrupts();
    __asm volatile("msr basepri, %0\n\tmsr primask, %1" ::"r"(0x10), "r"(1));
    const uint32_t before = kernel_counts().services;
    check("a service, with masks that unprivileged code tried to set", 255, SERVICE_CALL(SERVICE_LAST, 0, 0, 0, 0));
    check("services served", 1, kernel_counts().services > before ? 1 : 0);
    enable_interrupts();
}

/* CCR.USERSETMPEND lets unprivileged code pend by STIR, and by nothing else. */
static void check_software_trigger(void) {
    const uint32_t before = exclusives_handled();
    STIR = IRQ_COUNTER;
    dsb();
    isb();
    check("STIR by unprivileged code", 1, exclusives_handled() > before ? 1 : 0);
}

static void check_control_kept(void) {
    uint32_t control;
    __asm volatile("msr control, %1\n\tisb\n\tmrs %0, control" : "=r"(control) : "r"(0));
    check("CONTROL of unprivileged code", 3, control & 3);
}

static void user_thread(uint32_t unused) {
    (void) unused;
    for (uint32_t i = 0; i < rounds_to_run; i++) {
        check_no_masking();
        check_control_kept();
        check_software_trigger();
        faults_check_unprivileged();
        check("result of a service", COMBINE(i, 1, 2, 3), SERVICE_CALL(SERVICE_COMBINE, i, 1, 2, 3));
        kernel_sleep(3);
    }
}

void threads_check(uint32_t rounds) {
    rounds_to_run = rounds;
    SCB->CCR |= CCR_USERSETMPEND;
    kernel_create(fp_thread, 0x10001u, UNPRIVILEGED);
    kernel_create(fp_thread, 0x20003u, PRIVILEGED);
    kernel_create(it_thread, 0x30000u, UNPRIVILEGED);
    kernel_create(counting_thread, 0, UNPRIVILEGED);
    kernel_create(counting_thread, 0, PRIVILEGED);
    kernel_create(user_thread, 0, UNPRIVILEGED);
    kernel_join();
    exclusives_check_total();
}

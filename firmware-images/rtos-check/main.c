// SPDX-License-Identifier: MIT
/* rtos-check: what an RTOS asks of a Cortex-M4F's core, checked by itself; console and exit by semihosting. */
#include "armv7m.h"
#include "groups.h"
#include "kernel.h"
#include "report.h"
#include "semihosting.h"
#include "startup.h"
#include "stm32f4.h"
#include "text.h"

#define DEFAULT_ROUNDS 180u

EXTERNAL_INTERRUPTS static const Handler external_interrupts[] = {
    [0 ... IRQ_LOW - 1] = Unexpected_Handler,
    [IRQ_LOW ... IRQ_HIGH] = Script_Handler,
    [IRQ_FP] = FpClobber_Handler,
    [IRQ_COUNTER] = Counter_Handler,
    [IRQ_BAD_RETURN] = BadReturn_Handler,
    [IRQ_BAD_RETURN + 1 ... LAST_IRQn] = Unexpected_Handler,
};

static char command_line[256];
static uint32_t rounds;

/* Background: interrupts at moments that no code can foresee. */
void kernel_tick_hook(uint32_t random) {
    if ((random & 0x70) == 0) {
        nvic_pend(IRQ_FP);
    }
    if ((random & 0x0E) == 0) {
        nvic_pend(IRQ_COUNTER);
    }
}

static void run(const char *name, void (*group)(uint32_t round)) {
    for (uint32_t round = 0; round < rounds; round++) {
        group(round);
    }
    report_group(name);
}

static void print_counts(void) {
    const struct KernelCounts counts = kernel_counts();
    print("SysTick %lu in %lu cycles\n", counts.ticks, counts.cycles);
    print("thread switches %lu, services %lu\n", counts.switches, counts.services);
    print("scripted interrupts %lu, faults %lu\n", priorities_interrupts(), faults_taken());
}

static void run_groups(void) {
    run("svc", services_check);
    run("nesting", nesting_check);
    run("storm", storm_check);
    run("masking", masking_check);
    run("grouping", grouping_check);
    run("frames", frames_check);
    run("it blocks", it_blocks_check);
    run("exclusives", exclusives_check);
    run("faults", faults_check);
    threads_check(rounds);
    report_group("threads");
}

static void main_thread(void) {
    priorities_start();
    frames_start();
    exclusives_start();
    faults_start();
    run_groups();
    if (text_has_word(command_line, "verbose")) {
        print_counts();
    }
    print(report_all_good() ? "rtos-check: PASS\n" : "rtos-check: FAIL\n");
    semihosting_exit(report_all_good() ? 0 : 1);
}

int main(void) {
    if (!semihosting_command_line(command_line, sizeof command_line)) {
        command_line[0] = 0;
    }
    const uint32_t seed = text_number_option(command_line, "seed", 1);
    rounds = text_number_option(command_line, "rounds", DEFAULT_ROUNDS);
    print("rtos-check seed %lu, %lu rounds\n", seed, rounds);
    kernel_start(seed, main_thread);
}

// SPDX-License-Identifier: MIT
/* Firmware with a mistake to be hunted: a name that is longer than its place lies about what to call when the job is due. */
#include "armv7m.h"
#include "semihosting.h"
#include "startup.h"
#include "stm32f4.h"

EXTERNAL_INTERRUPTS static const Handler external_interrupts[] = {[0 ... LAST_IRQn] = Unexpected_Handler};

struct Job {
    char name[8];
    void (*run)(void);
};

static volatile uint32_t blinks;

static void blink(void) {
    blinks = blinks + 1;
}

struct Job job = {"blink", blink};

__attribute__((noinline)) void job_rename(struct Job *which, const char *name) {
    char *to = which->name;
    while ((*to = *name) != 0) {
        to++;
        name++;
    }
}

__attribute__((noinline)) void job_run(const struct Job *which) {
    which->run();
}

int main(void) {
    for (uint32_t i = 0; i < 1000; i++) {
        job_run(&job);
        if (i == 500) {
            job_rename(&job, "heartbeat");
        }
    }
    semihosting_exit(0);
}

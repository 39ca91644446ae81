// SPDX-License-Identifier: MIT
#include "groups.h"
#include "kernel.h"
#include "report.h"

uint32_t services_lost_registers(void);
uint32_t services_in_it_block(uint32_t skip);

static uint32_t service_calls(void) {
    return SERVICE_CALL(SERVICE_COUNT, 0, 0, 0, 0);
}

static void check_arguments(uint32_t round) {
    uint32_t a = kernel_random(round + 1);
    for (uint32_t i = 0; i < 8; i++) {
        const uint32_t b = kernel_random(a);
        const uint32_t c = kernel_random(b);
        const uint32_t d = kernel_random(c);
        check("result of a service", COMBINE(a, b, c, d), SERVICE_CALL(SERVICE_COMBINE, a, b, c, d));
        a = kernel_random(d);
    }
    check("number of the last service", 255, SERVICE_CALL(SERVICE_LAST, 0, 0, 0, 0));
}

/* The call counts itself, so that one which ran twice, or never, shows. */
static void check_it_block(void) {
    const uint32_t before = service_calls();
    check("IT block with a service", 1, services_in_it_block(0));
    check("IT block without", 2, services_in_it_block(1));
    check("services in IT blocks", before + 2, service_calls());
}

void services_check(uint32_t round) {
    check_arguments(round);
    check("registers lost in a service", 0, services_lost_registers());
    check_it_block();
    kernel_yield();
    if (round % 16 == 0) {
        const uint32_t before = kernel_counts().ticks;
        kernel_sleep(2);
        check("slept too short", 0, kernel_counts().ticks - before < 2 ? 1 : 0);
    }
}

// SPDX-License-Identifier: MIT
#include "startup.h"

#include "armv7m.h"
#include "semihosting.h"

#define WEAK_UNEXPECTED __attribute__((weak, alias("Unexpected_Handler")))

extern uint32_t image_stack_top[];
extern uint32_t image_data_load[], image_data_start[], image_data_end[];
extern uint32_t image_bss_start[], image_bss_end[];

__attribute__((weak)) void Unexpected_Handler(void) {
    semihosting_write_string("unexpected exception\n");
    semihosting_exit(1);
}

WEAK_UNEXPECTED void NMI_Handler(void);
WEAK_UNEXPECTED void HardFault_Handler(void);
WEAK_UNEXPECTED void MemManage_Handler(void);
WEAK_UNEXPECTED void BusFault_Handler(void);
WEAK_UNEXPECTED void UsageFault_Handler(void);
WEAK_UNEXPECTED void SVCall_Handler(void);
WEAK_UNEXPECTED void DebugMonitor_Handler(void);
WEAK_UNEXPECTED void PendSV_Handler(void);
WEAK_UNEXPECTED void SysTick_Handler(void);

/* ARMv7-M ARM, B1.5.3: the initial main stack pointer, then exceptions 1 to 15. */
struct SystemVectors {
    uint32_t *initial_stack;
    Handler exceptions[15];
};

__attribute__((section(".vectors.system"), used)) static const struct SystemVectors vectors = {
    .initial_stack = image_stack_top,
    .exceptions = {
        Reset_Handler, NMI_Handler, HardFault_Handler, MemManage_Handler, BusFault_Handler,
        UsageFault_Handler, 0, 0, 0, 0, SVCall_Handler, DebugMonitor_Handler, 0, PendSV_Handler, SysTick_Handler}};

static void copy_data(void) {
    const uint32_t *from = image_data_load;
    for (uint32_t *to = image_data_start; to < image_data_end;) {
        *to++ = *from++;
    }
}

static void clear_bss(void) {
    for (uint32_t *to = image_bss_start; to < image_bss_end;) {
        *to++ = 0;
    }
}

_Noreturn void Reset_Handler(void) {
    copy_data();
    clear_bss();
    semihosting_exit((uint32_t) main());
}

// SPDX-License-Identifier: MIT
/* What happens when the firmware itself is wrong: fault registers on the console, exit 1. */
#include "armv7m.h"
#include "console.h"
#include "fail.h"
#include "semihosting.h"
#include "startup.h"

#include <stdarg.h>

_Noreturn void fail(enum Failure code, const char *format, ...) {
    va_list arguments;
    console_print("hello-net: failed: ");
    va_start(arguments, format);
    console_vprint(format, arguments);
    va_end(arguments);
    console_print("\r\n");
    console_flush();
    semihosting_exit((uint32_t) code);
}

__attribute__((used)) _Noreturn static void report_fault(const struct ExceptionFrame *frame) {
    console_switch_to_polling();
    console_print("\r\nhello-net: HardFault: HFSR %08lx CFSR %08lx MMFAR %08lx BFAR %08lx\r\n", SCB->HFSR, SCB->CFSR,
        SCB->MMFAR, SCB->BFAR);
    console_print("pc %08lx lr %08lx xpsr %08lx r12 %08lx\r\n", frame->pc, frame->lr, frame->xpsr, frame->r12);
    console_print("r0 %08lx r1 %08lx r2 %08lx r3 %08lx\r\n", frame->r0, frame->r1, frame->r2, frame->r3);
    console_flush();
    semihosting_exit(FAIL_FAULT);
}

/* Only the main stack is in use. */
__attribute__((naked)) void HardFault_Handler(void) {
    __asm volatile("mrs r0, msp\n\tb report_fault");
}

void Unexpected_Handler(void) {
    console_switch_to_polling();
    console_print("\r\nhello-net: unexpected exception %lu\r\n", read_ipsr());
    console_flush();
    semihosting_exit(FAIL_FAULT);
}

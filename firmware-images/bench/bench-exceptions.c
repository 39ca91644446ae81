// SPDX-License-Identifier: MIT
/* Two exceptions an iteration: a supervisor call, and an interrupt pended by software. */
#include "armv7m.h"
#include "bench.h"
#include "startup.h"
#include "stm32f4.h"

#define PENDED_INTERRUPT 45u

static volatile uint32_t interrupts;

static void Pended_Handler(void) {
    interrupts = interrupts + 1;
}

EXTERNAL_INTERRUPTS static const Handler external_interrupts[] = {
    [0 ... PENDED_INTERRUPT - 1] = Unexpected_Handler,
    [PENDED_INTERRUPT] = Pended_Handler,
    [PENDED_INTERRUPT + 1 ... LAST_IRQn] = Unexpected_Handler,
};

__attribute__((used)) static void serve(struct ExceptionFrame *frame) {
    frame->r0 = bench_step(frame->r0);
}

/* Only the main stack is in use. */
__attribute__((naked)) void SVCall_Handler(void) {
    __asm volatile("mrs r0, msp\n\tb serve");
}

static uint32_t call_service(uint32_t x) {
    register uint32_t r0 __asm("r0") = x;
    __asm volatile("svc 0" : "+r"(r0)::"memory");
    return r0;
}

static uint32_t run(uint32_t iterations) {
    uint32_t x = 1;
    nvic_enable(PENDED_INTERRUPT);
    for (uint32_t i = 0; i < iterations; i++) {
        x = call_service(x);
        nvic_pend(PENDED_INTERRUPT);
    }
    return x ^ interrupts;
}

const struct Benchmark benchmark = {"bench-exceptions", 500000, run};

// SPDX-License-Identifier: MIT
#include "armv7m.h"
#include "fp.h"
#include "groups.h"
#include "kernel.h"
#include "report.h"

#define CONTROL_FPCA (1u << 2)
#define XPSR_ALIGNED (1u << 9)
#define BASIC_FRAME 0x20u
#define EXTENDED_FRAME 0x68u
#define EXC_RETURN_BASIC 0xFFFFFFFDu
#define EXC_RETURN_EXTENDED 0xFFFFFFEDu

/* What the interrupt's handler saw; written in assembler. */
struct FramesSeen {
    uint32_t psp, exc_return;
};
extern volatile struct FramesSeen frames_seen;
volatile struct FramesSeen frames_seen;

void frames_start(void) {
    nvic_set_priority(IRQ_FP, PRIORITY_BACKGROUND);
    nvic_enable(IRQ_FP);
}

static void set_fp_context(uint32_t fpca) {
    uint32_t control;
    __asm volatile("mrs %0, control" : "=r"(control));
    __asm volatile("msr control, %0\n\tisb" ::"r"((control & ~CONTROL_FPCA) | fpca) : "memory");
}

static uint32_t interrupt_at(uint32_t lower) {
    return frames_interrupt(lower, &NVIC->ISPR[IRQ_FP / 32], 1u << IRQ_FP % 32);
}

/* B1.5.7: the frame lies 8-aligned below the stack pointer; bit 9 of its xPSR tells whether that took 4 more. */
static void check_frame(uint32_t lower, uint32_t fpca) {
    set_fp_context(fpca);
    const uint32_t sp = interrupt_at(lower);
    const struct ExceptionFrame *frame = (const struct ExceptionFrame *) (uintptr_t) frames_seen.psp;
    check("EXC_RETURN of the frame", fpca != 0 ? EXC_RETURN_EXTENDED : EXC_RETURN_BASIC, frames_seen.exc_return);
    check("size of the frame", (fpca != 0 ? EXTENDED_FRAME : BASIC_FRAME) + lower, sp - frames_seen.psp);
    check("alignment bit of the frame", lower != 0 ? XPSR_ALIGNED : 0, frame->xpsr & XPSR_ALIGNED);
}

static void check_fpca_after_return(uint32_t fpca) {
    uint32_t control;
    __asm volatile("mrs %0, control" : "=r"(control));
    check("CONTROL.FPCA after the return", fpca, control & CONTROL_FPCA);
}

/* The tick, which may pend the same interrupt, is masked, so that the frame seen is the one provoked. */
void frames_check(uint32_t round) {
    write_basepri(PRIORITY_SYSTICK << 4);
    for (uint32_t lower = 0; lower <= 4; lower += 4) {
        check_frame(lower, CONTROL_FPCA);
        check_fpca_after_return(CONTROL_FPCA);
        check_frame(lower, 0);
        check_fpca_after_return(0);
    }
    write_basepri(0);
    const uint32_t base = kernel_random(round + 1);
    check("FP registers over an interrupt", 0, fp_hold(base, 4, &NVIC->ISPR[IRQ_FP / 32], 1u << IRQ_FP % 32));
    check("FP registers over a switch", 0, fp_hold(base, 4, &SCB->ICSR, ICSR_PENDSVSET));
    set_fp_context(0);
}

// SPDX-License-Identifier: MIT
#include "armv7m.h"
#include "groups.h"
#include "kernel.h"
#include "report.h"

#include <stddef.h>
#include "semihosting.h"

#define XPSR_T (1u << 24)
#define XPSR_ICI_IT 0x0600FC00u
#define NO_ADDRESS 0u
#define ANY_PC 1u /* odd: no stacked PC is */

typedef void (*Provocation)(uint32_t r0, uint32_t r1, uint32_t r2, uint32_t r3);

struct Fault {
    const char *name;
    Provocation provoke;
    const void *at;
    const void *resume;
    uint32_t exception, cfsr, hfsr;
    uint32_t bfar; /* NO_ADDRESS: not checked */
};

#define DECLARE(name) \
    void fault_##name(uint32_t, uint32_t, uint32_t, uint32_t); \
    extern const uint8_t fault_##name##_at[], fault_##name##_resume[]
DECLARE(undefined);
DECLARE(undefined_wide);
DECLARE(state);
DECLARE(load);
DECLARE(fetch);
DECLARE(execute_never);
DECLARE(unprivileged);
DECLARE(masked);
DECLARE(masked_service);
uint32_t fault_none_in_it_block(void);
void Fault_Handler(void);
uint32_t faults_note(struct ExceptionFrame *frame, uint32_t exc_return);

#define FAULT(name) #name, fault_##name, fault_##name##_at, fault_##name##_resume

static const struct Fault FAULTS[] = {
    {FAULT(undefined), EXCEPTION_USAGE_FAULT, CFSR_UNDEFINSTR, 0, NO_ADDRESS},
    {FAULT(undefined_wide), EXCEPTION_USAGE_FAULT, CFSR_UNDEFINSTR, 0, NO_ADDRESS},
    {FAULT(state), EXCEPTION_USAGE_FAULT, CFSR_INVSTATE, 0, NO_ADDRESS},
    {FAULT(load), EXCEPTION_BUS_FAULT, CFSR_PRECISERR | CFSR_BFARVALID, 0, 0x30000000u},
    {FAULT(fetch), EXCEPTION_BUS_FAULT, CFSR_IBUSERR, 0, NO_ADDRESS},
    {FAULT(execute_never), EXCEPTION_MEM_MANAGE, CFSR_IACCVIOL, 0, NO_ADDRESS},
    {FAULT(masked), EXCEPTION_HARD_FAULT, CFSR_UNDEFINSTR, HFSR_FORCED, NO_ADDRESS},
};

/* With the fault's own handler switched off. */
static const struct Fault ESCALATED[] = {
    {FAULT(undefined), EXCEPTION_HARD_FAULT, CFSR_UNDEFINSTR, HFSR_FORCED, NO_ADDRESS},
    {FAULT(load), EXCEPTION_HARD_FAULT, CFSR_PRECISERR | CFSR_BFARVALID, HFSR_FORCED, 0x30000000u},
    {FAULT(execute_never), EXCEPTION_HARD_FAULT, CFSR_IACCVIOL, HFSR_FORCED, NO_ADDRESS},
};

/* The return address of an escalated SVC is left open here. */
static const struct Fault MASKED_SERVICE = {
    "masked_service", fault_masked_service, (const void *) ANY_PC, fault_masked_service_resume,
    EXCEPTION_HARD_FAULT, 0, HFSR_FORCED, NO_ADDRESS};

static const struct Fault UNPRIVILEGED_ACCESS = {
    FAULT(unprivileged), EXCEPTION_BUS_FAULT, CFSR_PRECISERR | CFSR_BFARVALID, 0, 0xE000ED00u};

/* What the handler found. */
struct Record {
    uint32_t exception, cfsr, hfsr, bfar, exc_return;
    struct ExceptionFrame frame;
};

static volatile struct Record record;
static volatile uint32_t taken;
static volatile bool expected_one;
static const void *volatile resume_at; /* NULL: return as faults_true_return says */

volatile uint32_t faults_bad_return, faults_true_return;

_Noreturn static void give_up(void) {
    print("unexpected fault %lu: CFSR %08lx HFSR %08lx BFAR %08lx pc %08lx\n", record.exception, record.cfsr,
        record.hfsr, record.bfar, record.frame.pc);
    semihosting_exit(1);
}

static void record_syndrome(const struct ExceptionFrame *frame, uint32_t exc_return) {
    record.exception = read_ipsr();
    record.cfsr = SCB->CFSR;
    record.hfsr = SCB->HFSR;
    record.bfar = SCB->BFAR;
    record.exc_return = exc_return;
    record.frame = *frame;
    SCB->CFSR = record.cfsr;
    SCB->HFSR = record.hfsr;
}

/* Called by the handler of all faults; returns the EXC_RETURN to leave by. */
uint32_t faults_note(struct ExceptionFrame *frame, uint32_t exc_return) {
    record_syndrome(frame, exc_return);
    taken = taken + 1;
    if (!expected_one) {
        give_up();
    }
    expected_one = false;
    if (resume_at == NULL) {
        return faults_true_return;
    }
    frame->pc = (uint32_t) (uintptr_t) resume_at & ~1u;
    frame->xpsr = (frame->xpsr & ~XPSR_ICI_IT) | XPSR_T;
    return exc_return;
}

uint32_t faults_taken(void) {
    return taken;
}

void faults_start(void) {
    SCB->SHCSR |= SHCSR_USGFAULTENA | SHCSR_BUSFAULTENA | SHCSR_MEMFAULTENA;
    nvic_set_priority(IRQ_BAD_RETURN, PRIORITY_HIGH);
    nvic_enable(IRQ_BAD_RETURN);
}

static void check_syndrome(const struct Fault *fault) {
    check(fault->name, fault->exception, record.exception);
    check("  CFSR", fault->cfsr, record.cfsr);
    check("  HFSR", fault->hfsr, record.hfsr);
    if (fault->bfar != NO_ADDRESS) {
        check("  BFAR", fault->bfar, record.bfar);
    }
}

static void check_stacked(const struct Fault *fault, uint32_t r0) {
    const uint32_t at = (uint32_t) (uintptr_t) fault->at;
    if (at != ANY_PC) {
        check("  stacked pc", at & ~1u, record.frame.pc);
    }
    check("  stacked r0", r0, record.frame.r0);
    check("  stacked r1", ~r0, record.frame.r1);
    check("  stacked r2", r0 + 2, record.frame.r2);
    check("  stacked r3", r0 + 3, record.frame.r3);
    check("  stacked T", fault->cfsr == CFSR_INVSTATE ? 0 : XPSR_T, record.frame.xpsr & XPSR_T);
    check("  stacked IPSR", 0, record.frame.xpsr & ICSR_VECTACTIVE);
}

static void provoke(const struct Fault *fault, uint32_t r0) {
    const uint32_t before = taken;
    resume_at = fault->resume;
    expected_one = true;
    fault->provoke(r0, ~r0, r0 + 2, r0 + 3);
    check("faults taken", before + 1, taken);
    check_syndrome(fault);
    check_stacked(fault, r0);
}

static void check_escalation(uint32_t r0) {
    const uint32_t enabled = SCB->SHCSR & (SHCSR_USGFAULTENA | SHCSR_BUSFAULTENA | SHCSR_MEMFAULTENA);
    SCB->SHCSR &= ~enabled;
    dsb();
    isb();
    for (uint32_t i = 0; i < sizeof ESCALATED / sizeof ESCALATED[0]; i++) {
        provoke(&ESCALATED[i], r0);
    }
    SCB->SHCSR |= enabled;
    dsb();
    isb();
}

/* B1.5.8: the fault is taken instead of the return, on the frame that was to be returned by. */
static void check_bad_return(uint32_t bad_return) {
    const uint32_t before = taken;
    faults_bad_return = bad_return;
    resume_at = NULL;
    expected_one = true;
    nvic_pend(IRQ_BAD_RETURN);
    check("bad EXC_RETURN: faults", before + 1, taken);
    check("bad EXC_RETURN: exception", EXCEPTION_USAGE_FAULT, record.exception);
    check("bad EXC_RETURN: CFSR", CFSR_INVPC, record.cfsr);
    check("bad EXC_RETURN: LR", bad_return, record.exc_return);
    check("bad EXC_RETURN: the interrupt is over", 0, NVIC->IABR[IRQ_BAD_RETURN / 32] >> (IRQ_BAD_RETURN % 32) & 1);
}

void faults_check(uint32_t round) {
    const uint32_t r0 = kernel_random(round + 1);
    for (uint32_t i = 0; i < sizeof FAULTS / sizeof FAULTS[0]; i++) {
        provoke(&FAULTS[i], r0);
    }
    provoke(&MASKED_SERVICE, r0);
    check("UDF whose condition fails", 7, fault_none_in_it_block());
    check_escalation(r0);
    check_bad_return(0xFFFFFFF5u);
}

void faults_check_unprivileged(void) {
    provoke(&UNPRIVILEGED_ACCESS, 0x600DF00Du);
}

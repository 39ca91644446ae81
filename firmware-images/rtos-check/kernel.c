// SPDX-License-Identifier: MIT
#include "kernel.h"

#include "armv7m.h"
#include "startup.h"

#include <stddef.h>

#define MAX_THREADS 8u
#define STACK_WORDS 512u
#define XPSR_T (1u << 24)
#define EXC_RETURN_THREAD_PSP_BASIC 0xFFFFFFFDu
#define CONTROL_NPRIV 1u

enum State {
    FREE,
    READY,
    SLEEPING,
    JOINING
};

struct Thread {
    uint32_t *stack_pointer; /* while another one runs */
    enum State state;
    enum Privilege privilege;
    uint32_t wake_at;
};

/* What PendSV's handler leaves on a thread's stack, below its exception frame. */
struct SavedRegisters {
    uint32_t r4_to_r11[8];
    uint32_t exc_return;
};

static uint32_t stacks[MAX_THREADS][STACK_WORDS] __attribute__((aligned(8)));
static struct Thread threads[MAX_THREADS]; /* 0 is the main thread, 1 runs when no other can */
static volatile uint32_t current;
static volatile struct KernelCounts counts;
static uint32_t reload_random;

void kernel_enter_main_thread(uint32_t *stack_top, void (*entry)(void)) __attribute__((noreturn));
void kernel_dispatch(struct ExceptionFrame *frame);
uint32_t *kernel_switch(uint32_t *old_stack_pointer);

uint32_t kernel_random(uint32_t state) {
    state ^= state << 13;
    state ^= state >> 17;
    return state ^ state << 5;
}

struct KernelCounts kernel_counts(void) {
    return counts;
}

static void thread_end(void) {
    (void) SERVICE_CALL(SERVICE_EXIT, 0, 0, 0, 0);
}

static void idle(uint32_t unused) {
    (void) unused;
    for (;;) {
        wfi();
    }
}

static void prepare(uint32_t index, void (*entry)(uint32_t), uint32_t argument, enum Privilege privilege) {
    struct ExceptionFrame *frame = (struct ExceptionFrame *) (stacks[index] + STACK_WORDS) - 1;
    struct SavedRegisters *saved = (struct SavedRegisters *) frame - 1;
    frame->r0 = argument;
    frame->lr = (uint32_t) (uintptr_t) thread_end;
    frame->pc = (uint32_t) (uintptr_t) entry & ~1u;
    frame->xpsr = XPSR_T;
    saved->exc_return = EXC_RETURN_THREAD_PSP_BASIC;
    threads[index] = (struct Thread){.stack_pointer = (uint32_t *) saved, .state = READY, .privilege = privilege};
}

void kernel_create(void (*entry)(uint32_t), uint32_t argument, enum Privilege privilege) {
    for (uint32_t i = 2; i < MAX_THREADS; i++) {
        if (threads[i].state == FREE) {
            prepare(i, entry, argument, privilege);
            return;
        }
    }
}

static void set_priorities(void) {
    SCB->SHPR[EXCEPTION_MEM_MANAGE - 4] = PRIORITY_FAULTS << 4;
    SCB->SHPR[EXCEPTION_BUS_FAULT - 4] = PRIORITY_FAULTS << 4;
    SCB->SHPR[EXCEPTION_USAGE_FAULT - 4] = PRIORITY_FAULTS << 4;
    SCB->SHPR[EXCEPTION_SVCALL - 4] = PRIORITY_SVCALL << 4;
    SCB->SHPR[EXCEPTION_PENDSV - 4] = PRIORITY_PENDSV << 4;
    SCB->SHPR[EXCEPTION_SYSTICK - 4] = PRIORITY_SYSTICK << 4;
}

/* 200 to 2247 cycles: long enough that threads get on, short enough to hit every instruction some day. */
static uint32_t next_reload(void) {
    reload_random = kernel_random(reload_random);
    return 199 + (reload_random >> 8) % 2048;
}

_Noreturn void kernel_start(uint32_t seed, void (*main_thread)(void)) {
    disable_interrupts();
    reload_random = kernel_random(seed * 2654435761u | 1u);
    set_priorities();
    CPACR |= CPACR_CP10_CP11_FULL;
    dsb();
    isb();
    prepare(1, idle, 0, UNPRIVILEGED);
    threads[0] = (struct Thread){.state = READY, .privilege = PRIVILEGED};
    SYST->RVR = next_reload();
    SYST->CVR = 0;
    SYST->CSR = SYST_CSR_CLKSOURCE | SYST_CSR_TICKINT | SYST_CSR_ENABLE;
    kernel_enter_main_thread(stacks[0] + STACK_WORDS, main_thread);
}

/* A new reload value holds from the next period on. */
void SysTick_Handler(void) {
    counts.ticks = counts.ticks + 1;
    counts.cycles = counts.cycles + SYST->RVR + 1;
    SYST->RVR = next_reload();
    SCB->ICSR = ICSR_PENDSVSET;
    kernel_tick_hook(reload_random);
}

static bool others_have_ended(uint32_t me) {
    for (uint32_t i = 0; i < MAX_THREADS; i++) {
        if (i != me && i != 1 && threads[i].state != FREE) {
            return false;
        }
    }
    return true;
}

static bool can_run(uint32_t index) {
    struct Thread *thread = &threads[index];
    switch (thread->state) {
    case READY: return true;
    case SLEEPING: return (int32_t) (counts.ticks - thread->wake_at) >= 0;
    case JOINING: return others_have_ended(index);
    default: return false;
    }
}

/* The next one in turn that can run; the idle thread when there is none. */
static uint32_t choose(void) {
    for (uint32_t n = 1; n <= MAX_THREADS; n++) {
        const uint32_t index = (current + n) % MAX_THREADS;
        if (index != 1 && can_run(index)) {
            return index;
        }
    }
    return 1;
}

static void set_privilege(enum Privilege privilege) {
    uint32_t control;
    __asm volatile("mrs %0, control" : "=r"(control));
    control = (control & ~CONTROL_NPRIV) | (privilege == UNPRIVILEGED ? CONTROL_NPRIV : 0);
    __asm volatile("msr control, %0\n\tisb" ::"r"(control) : "memory");
}

/* By PendSV's handler: keeps the old thread's stack pointer, returns the new one's. */
uint32_t *kernel_switch(uint32_t *old_stack_pointer) {
    threads[current].stack_pointer = old_stack_pointer;
    const uint32_t next = choose();
    if (next != current) {
        counts.switches = counts.switches + 1;
        current = next;
    }
    threads[next].state = READY;
    set_privilege(threads[next].privilege);
    return threads[next].stack_pointer;
}

static void block(enum State state) {
    threads[current].state = state;
    SCB->ICSR = ICSR_PENDSVSET;
}

static uint32_t serve(uint32_t number, const struct ExceptionFrame *frame) {
    switch (number) {
    case SERVICE_YIELD: SCB->ICSR = ICSR_PENDSVSET; return 0;
    case SERVICE_SLEEP:
        threads[current].wake_at = counts.ticks + frame->r0;
        block(SLEEPING);
        return 0;
    case SERVICE_EXIT: block(FREE); return 0;
    case SERVICE_JOIN: block(JOINING); return 0;
    case SERVICE_COMBINE: return COMBINE(frame->r0, frame->r1, frame->r2, frame->r3);
    case SERVICE_PEND: nvic_pend(frame->r0); return 0;
    case SERVICE_COUNT: {
        static uint32_t calls;
        return ++calls;
    }
    default: return number;
    }
}

/* The service's number is the low octet of the SVC instruction before the return address. */
void kernel_dispatch(struct ExceptionFrame *frame) {
    const uint8_t *svc = (const uint8_t *) (uintptr_t) (frame->pc - 2);
    counts.services = counts.services + 1;
    frame->r0 = serve(*svc, frame);
}

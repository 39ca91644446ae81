// SPDX-License-Identifier: MIT
/* The core's system registers (ARMv7-M ARM, part B): only those that our images use. */
#ifndef PICORN_ARMV7M_H
#define PICORN_ARMV7M_H

#include <stdbool.h>
#include <stdint.h>

struct SystemTimer {
    volatile uint32_t CSR, RVR, CVR, CALIB;
};
#define SYST ((struct SystemTimer *) 0xE000E010u)
#define SYST_CSR_ENABLE (1u << 0)
#define SYST_CSR_TICKINT (1u << 1)
#define SYST_CSR_CLKSOURCE (1u << 2)

struct InterruptController {
    volatile uint32_t ISER[32];
    volatile uint32_t ICER[32];
    volatile uint32_t ISPR[32];
    volatile uint32_t ICPR[32];
    volatile uint32_t IABR[64];
    volatile uint8_t IPR[1024];
};
#define NVIC ((struct InterruptController *) 0xE000E100u)
#define STIR (*(volatile uint32_t *) 0xE000EF00u)

struct SystemControlBlock {
    volatile uint32_t CPUID, ICSR, VTOR, AIRCR, SCR, CCR;
    volatile uint8_t SHPR[12]; /* SHPR[n] is the priority of exception n + 4 */
    volatile uint32_t SHCSR, CFSR, HFSR, DFSR, MMFAR, BFAR, AFSR;
};
#define SCB ((struct SystemControlBlock *) 0xE000ED00u)
#define ICSR_VECTACTIVE 0x1FFu
#define ICSR_RETTOBASE (1u << 11)
#define ICSR_PENDSVSET (1u << 28)
#define AIRCR_VECTKEY (0x05FAu << 16)
#define AIRCR_PRIGROUP_SHIFT 8
#define CCR_USERSETMPEND (1u << 1)
#define SHCSR_USGFAULTENA (1u << 18)
#define SHCSR_BUSFAULTENA (1u << 17)
#define SHCSR_MEMFAULTENA (1u << 16)
#define CFSR_IACCVIOL (1u << 0)
#define CFSR_IBUSERR (1u << 8)
#define CFSR_PRECISERR (1u << 9)
#define CFSR_BFARVALID (1u << 15)
#define CFSR_UNDEFINSTR (1u << 16)
#define CFSR_INVSTATE (1u << 17)
#define CFSR_INVPC (1u << 18)
#define HFSR_FORCED (1u << 30)

#define CPACR (*(volatile uint32_t *) 0xE000ED88u)
#define CPACR_CP10_CP11_FULL (0xFu << 20)

enum ExceptionNumber {
    EXCEPTION_HARD_FAULT = 3,
    EXCEPTION_MEM_MANAGE = 4,
    EXCEPTION_BUS_FAULT = 5,
    EXCEPTION_USAGE_FAULT = 6,
    EXCEPTION_SVCALL = 11,
    EXCEPTION_PENDSV = 14,
    EXCEPTION_SYSTICK = 15,
    EXCEPTION_INTERRUPT_0 = 16
};

/* What exception entry pushes; the floating-point part follows when EXC_RETURN bit 4 is 0. */
struct ExceptionFrame {
    uint32_t r0, r1, r2, r3, r12, lr, pc, xpsr;
};

static inline void dsb(void) {
    __asm volatile("dsb" ::: "memory");
}

static inline void isb(void) {
    __asm volatile("isb" ::: "memory");
}

static inline void dmb(void) {
    __asm volatile("dmb" ::: "memory");
}

static inline void wfi(void) {
    __asm volatile("wfi" ::: "memory");
}

static inline void disable_interrupts(void) {
    __asm volatile("cpsid i" ::: "memory");
}

static inline void enable_interrupts(void) {
    __asm volatile("cpsie i" ::: "memory");
}

static inline uint32_t read_ipsr(void) {
    uint32_t value;
    __asm volatile("mrs %0, ipsr" : "=r"(value));
    return value;
}

static inline void write_basepri(uint32_t value) {
    __asm volatile("msr basepri, %0\n\tisb" ::"r"(value) : "memory");
}

/* Priorities use the upper four bits on an STM32F4. */
static inline void nvic_set_priority(unsigned irq, unsigned priority) {
    NVIC->IPR[irq] = (uint8_t) (priority << 4);
}

static inline void nvic_enable(unsigned irq) {
    NVIC->ISER[irq / 32] = 1u << (irq % 32);
}

static inline void nvic_disable(unsigned irq) {
    NVIC->ICER[irq / 32] = 1u << (irq % 32);
    dsb();
    isb();
}

static inline void nvic_pend(unsigned irq) {
    NVIC->ISPR[irq / 32] = 1u << (irq % 32);
    dsb();
    isb();
}

static inline void nvic_unpend(unsigned irq) {
    NVIC->ICPR[irq / 32] = 1u << (irq % 32);
    dsb();
}

static inline bool nvic_pending(unsigned irq) {
    return (NVIC->ISPR[irq / 32] >> (irq % 32) & 1) != 0;
}

struct MemoryProtectionUnit {
    volatile uint32_t TYPE, CTRL, RNR, RBAR, RASR;
};
#define MPU ((struct MemoryProtectionUnit *) 0xE000ED90u)
#define MPU_CTRL_ENABLE (1u << 0)
#define MPU_CTRL_PRIVDEFENA (1u << 2)
#define MPU_RBAR_VALID (1u << 4)
#define MPU_RASR_ENABLE (1u << 0)
#define MPU_RASR_SIZE_256M (27u << 1)
#define MPU_RASR_CACHED (3u << 16)
#define MPU_RASR_FULL_ACCESS (3u << 24)

#endif

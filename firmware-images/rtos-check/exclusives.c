// SPDX-License-Identifier: MIT
#include "armv7m.h"
#include "groups.h"
#include "kernel.h"
#include "report.h"

static volatile uint32_t total;         /* counted by threads and the handler with LDREX and STREX */
static volatile uint32_t handler_total; /* the handler's share */
static volatile uint32_t threads_total; /* the threads' share, counted once at the end of each */
static volatile uint32_t word;
static volatile uint16_t halfword;
static volatile uint8_t octet;

static inline uint32_t load_exclusive(volatile uint32_t *at) {
    uint32_t value;
    __asm volatile("ldrex %0, [%1]" : "=r"(value) : "r"(at) : "memory");
    return value;
}

/* 0 when it stored, 1 when the monitor was open. */
static inline uint32_t store_exclusive(volatile uint32_t *at, uint32_t value) {
    uint32_t failed;
    __asm volatile("strex %0, %1, [%2]" : "=&r"(failed) : "r"(value), "r"(at) : "memory");
    return failed;
}

static void add_exclusive(volatile uint32_t *at, uint32_t amount) {
    while (store_exclusive(at, load_exclusive(at) + amount) != 0) {
    }
}

void Counter_Handler(void) {
    handler_total = handler_total + 1;
    add_exclusive(&total, 1);
}

uint32_t exclusives_handled(void) {
    return handler_total;
}

void exclusives_start(void) {
    nvic_set_priority(IRQ_COUNTER, PRIORITY_BACKGROUND);
    nvic_enable(IRQ_COUNTER);
}

void exclusives_count(uint32_t times) {
    for (uint32_t i = 0; i < times; i++) {
        add_exclusive(&total, 1);
    }
    add_exclusive(&threads_total, times);
}

void exclusives_check_total(void) {
    nvic_disable(IRQ_COUNTER);
    check("increments by LDREX and STREX", threads_total + handler_total, total);
    nvic_enable(IRQ_COUNTER);
}

static void check_undisturbed(void) {
    disable_interrupts();
    const uint32_t value = load_exclusive(&word);
    const uint32_t failed = store_exclusive(&word, value + 1);
    enable_interrupts();
    check("STREX after LDREX", 0, failed);
    check("what STREX stored", value + 1, word);
}

static void check_second_store(void) {
    disable_interrupts();
    const uint32_t value = load_exclusive(&word);
    (void) store_exclusive(&word, value + 1);
    const uint32_t failed = store_exclusive(&word, value + 2);
    enable_interrupts();
    check("a second STREX", 1, failed);
    check("what the second STREX left", value + 1, word);
}

static void check_clrex(void) {
    disable_interrupts();
    const uint32_t value = load_exclusive(&word);
    __asm volatile("clrex" ::: "memory");
    const uint32_t failed = store_exclusive(&word, value + 1);
    enable_interrupts();
    check("STREX after CLREX", 1, failed);
    check("what STREX after CLREX left", value, word);
}

/* The handler leaves the word alone: entry and return by themselves open the monitor. */
static void check_service_between(void) {
    const uint32_t value = load_exclusive(&word);
    (void) SERVICE_CALL(SERVICE_LAST, 0, 0, 0, 0);
    check("STREX after an SVC", 1, store_exclusive(&word, value + 1));
    check("what STREX after an SVC left", value, word);
}

static void check_interrupt_between(void) {
    const uint32_t value = load_exclusive(&word);
    nvic_pend(IRQ_COUNTER);
    check("STREX after an interrupt", 1, store_exclusive(&word, value + 1));
    check("what STREX after an interrupt left", value, word);
}

static void check_narrow(void) {
    uint32_t value, failed;
    disable_interrupts();
    __asm volatile("ldrexb %0, [%2]\n\tadd %0, %0, #1\n\tstrexb %1, %0, [%2]"
        : "=&r"(value), "=&r"(failed) : "r"(&octet) : "memory");
    check("STREXB", 0, failed);
    __asm volatile("ldrexh %0, [%2]\n\tadd %0, %0, #1\n\tstrexh %1, %0, [%2]"
        : "=&r"(value), "=&r"(failed) : "r"(&halfword) : "memory");
    check("STREXH", 0, failed);
    enable_interrupts();
}

void exclusives_check(uint32_t round) {
    check_undisturbed();
    check_second_store();
    check_clrex();
    check_service_between();
    check_interrupt_between();
    check_narrow();
    check("octet counted", (uint8_t) (round + 1), octet);
    check("halfword counted", (uint16_t) (round + 1), halfword);
    exclusives_count(200);
    exclusives_check_total();
}

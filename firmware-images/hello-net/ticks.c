// SPDX-License-Identifier: MIT
#include "ticks.h"

#include "armv7m.h"
#include "clock.h"
#include "fail.h"
#include "startup.h"
#include "stm32f4.h"

static volatile uint32_t tick_count;

void SysTick_Handler(void) {
    tick_count = tick_count + 1;
}

void ticks_start(void) {
    SYST->CSR = 0;
    SYST->RVR = clock_hclk() / 1000 - 1;
    SYST->CVR = 0;
    SYST->CSR = SYST_CSR_CLKSOURCE | SYST_CSR_TICKINT | SYST_CSR_ENABLE;
}

uint32_t ticks(void) {
    return tick_count;
}

/* UG loads the prescaler, which is buffered, and sets UIF. */
void microseconds_start(void) {
    RCC->APB1ENR |= RCC_APB1ENR_TIM2EN;
    (void) RCC->APB1ENR;
    TIM2->PSC = clock_apb1_timers() / 1000000 - 1;
    TIM2->ARR = 0xFFFFFFFFu;
    TIM2->EGR = TIM_EGR_UG;
    TIM2->SR = ~TIM_SR_UIF;
    TIM2->CR1 = TIM_CR1_CEN;
}

uint32_t microseconds(void) {
    return TIM2->CNT;
}

void require_bits(
    const volatile uint32_t *reg, uint32_t mask, uint32_t value, uint32_t milliseconds, const char *name) {
    const uint32_t start = ticks();
    while ((*reg & mask) != value) {
        if (ticks() - start > milliseconds) {
            fail(FAIL_HARDWARE, "%s: is 0x%08lx after %lu ms, wanted 0x%08lx in 0x%08lx", name, *reg, milliseconds,
                value, mask);
        }
    }
}

/* A pending interrupt ends WFI even while PRIMASK is set, and is taken after it is cleared. */
void sleep_unless(bool (*ready)(void)) {
    disable_interrupts();
    if (!ready()) {
        dsb();
        wfi();
    }
    enable_interrupts();
    isb();
}

static uint32_t slept_at;
static uint32_t sleep_length;

static bool has_slept(void) {
    return ticks() - slept_at >= sleep_length;
}

void sleep_for(uint32_t milliseconds) {
    slept_at = ticks();
    sleep_length = milliseconds;
    while (!has_slept()) {
        sleep_unless(has_slept);
    }
}

// SPDX-License-Identifier: MIT
/* Eight accesses to registers an iteration: four to the core's, four to peripherals; five reads, three writes. */
#include "armv7m.h"
#include "bench.h"
#include "stm32f4.h"

#define IDLE_INTERRUPT 45u /* enabled, never pended */

static void start_peripherals(void) {
    RCC->APB1ENR |= RCC_APB1ENR_TIM2EN;
    RCC->APB2ENR |= RCC_APB2ENR_USART1EN;
    (void) RCC->APB2ENR;
    SYST->RVR = 0x00FFFFFFu;
    SYST->CVR = 0;
    SYST->CSR = SYST_CSR_CLKSOURCE | SYST_CSR_ENABLE;
}

/* Counters are read for the access alone: their values depend on time. */
static uint32_t access_all(uint32_t x) {
    NVIC->ISER[IDLE_INTERRUPT / 32] = 1u << IDLE_INTERRUPT % 32;
    NVIC->IPR[IDLE_INTERRUPT] = (uint8_t) (x & 0xF0u);
    (void) SYST->CVR;
    (void) TIM2->CNT;
    USART1->BRR = x & 0xFFFFu;
    return x ^ NVIC->ISER[IDLE_INTERRUPT / 32] ^ USART1->BRR << 1 ^ (USART1->SR & USART_SR_TXE);
}

static uint32_t run(uint32_t iterations) {
    uint32_t x = 1;
    start_peripherals();
    for (uint32_t i = 0; i < iterations; i++) {
        x = bench_step(access_all(x));
    }
    return x;
}

const struct Benchmark benchmark = {"bench-mmio", 2500000, run};

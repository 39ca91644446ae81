// SPDX-License-Identifier: MIT
#include "clock.h"

#include "stm32f4.h"
#include "ticks.h"

#define HSI_HZ 16000000u
#define HSE_HZ 25000000u

/* 25 MHz / 25 * 336 = 336 MHz; / 2 for the system, / 7 = 48 MHz for USB. */
#define PLLM 25u
#define PLLN 336u
#define PLLP_DIV2 0u
#define PLLQ 7u

static void select_voltage_scale_1(void) {
    RCC->APB1ENR |= RCC_APB1ENR_PWREN;
    (void) RCC->APB1ENR;
    PWR->CR |= PWR_CR_VOS_SCALE_1;
}

static void start_hse(void) {
    RCC->CR |= RCC_CR_HSEON;
    require_bits(&RCC->CR, RCC_CR_HSERDY, RCC_CR_HSERDY, 100, "RCC_CR.HSERDY");
}

static void start_pll(void) {
    const uint32_t fields =
        RCC_PLLCFGR_PLLM | RCC_PLLCFGR_PLLN | RCC_PLLCFGR_PLLP | RCC_PLLCFGR_PLLSRC | RCC_PLLCFGR_PLLQ;
    const uint32_t values = PLLM << RCC_PLLCFGR_PLLM_SHIFT | PLLN << RCC_PLLCFGR_PLLN_SHIFT
        | PLLP_DIV2 << RCC_PLLCFGR_PLLP_SHIFT | RCC_PLLCFGR_PLLSRC | PLLQ << RCC_PLLCFGR_PLLQ_SHIFT;
    RCC->PLLCFGR = (RCC->PLLCFGR & ~fields) | values;
    RCC->CR |= RCC_CR_PLLON;
    require_bits(&RCC->CR, RCC_CR_PLLRDY, RCC_CR_PLLRDY, 100, "RCC_CR.PLLRDY");
}

/* Five wait states for 168 MHz at 2.7 to 3.6 V (RM0090, 3.5.1). */
static void slow_flash_down(void) {
    FLASH->ACR = FLASH_ACR_LATENCY_5WS | FLASH_ACR_PRFTEN | FLASH_ACR_ICEN | FLASH_ACR_DCEN;
    require_bits(&FLASH->ACR, FLASH_ACR_LATENCY, FLASH_ACR_LATENCY_5WS, 100, "FLASH_ACR.LATENCY");
}

/* The buses are slowed down before the switch, so that none ever runs too fast. */
static void switch_to_pll(void) {
    const uint32_t prescalers = RCC_CFGR_HPRE | RCC_CFGR_PPRE1 | RCC_CFGR_PPRE2;
    RCC->CFGR = (RCC->CFGR & ~prescalers) | RCC_CFGR_PPRE1_DIV4 | RCC_CFGR_PPRE2_DIV2;
    RCC->CFGR = (RCC->CFGR & ~RCC_CFGR_SW) | RCC_CFGR_SW_PLL;
    require_bits(&RCC->CFGR, RCC_CFGR_SWS, RCC_CFGR_SWS_PLL, 100, "RCC_CFGR.SWS");
}

void clock_start(void) {
    select_voltage_scale_1();
    start_hse();
    start_pll();
    slow_flash_down();
    switch_to_pll();
}

static uint32_t field(uint32_t value, uint32_t mask, unsigned shift) {
    return (value & mask) >> shift;
}

static uint32_t pll_hz(void) {
    const uint32_t cfg = RCC->PLLCFGR;
    const uint32_t source = (cfg & RCC_PLLCFGR_PLLSRC) != 0 ? HSE_HZ : HSI_HZ;
    const uint32_t vco = source / field(cfg, RCC_PLLCFGR_PLLM, RCC_PLLCFGR_PLLM_SHIFT)
        * field(cfg, RCC_PLLCFGR_PLLN, RCC_PLLCFGR_PLLN_SHIFT);
    return vco / (2 * (field(cfg, RCC_PLLCFGR_PLLP, RCC_PLLCFGR_PLLP_SHIFT) + 1));
}

static uint32_t sysclk_hz(void) {
    switch (RCC->CFGR & RCC_CFGR_SWS) {
    case RCC_CFGR_SWS_PLL: return pll_hz();
    case RCC_CFGR_SWS_HSE: return HSE_HZ;
    default: return HSI_HZ;
    }
}

/* HPRE: 0xxx is 1; 1000 to 1011 are 2 to 16; 1100 to 1111 are 64 to 512. */
uint32_t clock_hclk(void) {
    const uint32_t hpre = field(RCC->CFGR, RCC_CFGR_HPRE, RCC_CFGR_HPRE_SHIFT);
    if (hpre < 8) {
        return sysclk_hz();
    }
    return sysclk_hz() >> (hpre < 12 ? hpre - 7 : hpre - 6);
}

/* PPREx: 0xx is 1; 100 to 111 are 2 to 16. */
static uint32_t apb_shift(uint32_t ppre) {
    return ppre < 4 ? 0 : ppre - 3;
}

uint32_t clock_pclk2(void) {
    return clock_hclk() >> apb_shift(field(RCC->CFGR, RCC_CFGR_PPRE2, RCC_CFGR_PPRE2_SHIFT));
}

/* Timers run at twice their bus's clock when that is divided. */
uint32_t clock_apb1_timers(void) {
    const uint32_t shift = apb_shift(field(RCC->CFGR, RCC_CFGR_PPRE1, RCC_CFGR_PPRE1_SHIFT));
    return shift == 0 ? clock_hclk() : clock_hclk() >> (shift - 1);
}

/* SPDX-License-Identifier: MIT */
/* Stands where a board's boot loader does: clocks to 168 MHz, SDRAM to address 0, the console at 115200 baud, and into the kernel
   by the hand-off that follows in flash. Who puts a kernel into memory writes the hand-off. */
#include <stdint.h>

#include "armv7m.h"
#include "stm32f4.h"

/* 25 MHz / 25 * 336 / 2 = 168 MHz for the system, / 7 = 48 MHz for USB. */
#define PLL_168_MHZ \
    (25u << RCC_PLLCFGR_PLLM_SHIFT | 336u << RCC_PLLCFGR_PLLN_SHIFT | 0u << RCC_PLLCFGR_PLLP_SHIFT \
     | 7u << RCC_PLLCFGR_PLLQ_SHIFT | RCC_PLLCFGR_PLLSRC)

#define BAUD 115200u
#define SDRAM 0xC0000000u

/* Documentation/arm/booting.rst: r0 is 0, r1 a machine number, r2 the address of a device tree or of tagged lists. */
struct HandOff {
    uint32_t entry, r0, r1, r2;
};

__attribute__((section(".vectors.external"), used)) const volatile struct HandOff boot_linux_hand_off = {0, 0, 0, 0};

static void wait_for(const volatile uint32_t *reg, uint32_t mask, uint32_t value) {
    while ((*reg & mask) != value) {
    }
}

static void start_clocks(void) {
    RCC->APB1ENR |= RCC_APB1ENR_PWREN;
    (void) RCC->APB1ENR;
    PWR->CR |= PWR_CR_VOS_SCALE_1;
    RCC->CR |= RCC_CR_HSEON;
    wait_for(&RCC->CR, RCC_CR_HSERDY, RCC_CR_HSERDY);
    RCC->PLLCFGR = PLL_168_MHZ;
    RCC->CR |= RCC_CR_PLLON;
    wait_for(&RCC->CR, RCC_CR_PLLRDY, RCC_CR_PLLRDY);
    /* Five wait states at 168 MHz (RM0090, 3.5.1). */
    FLASH->ACR = FLASH_ACR_LATENCY_5WS | FLASH_ACR_PRFTEN | FLASH_ACR_ICEN | FLASH_ACR_DCEN;
    wait_for(&FLASH->ACR, FLASH_ACR_LATENCY, FLASH_ACR_LATENCY_5WS);
    RCC->CFGR |= RCC_CFGR_PPRE1_DIV4 | RCC_CFGR_PPRE2_DIV2;
    RCC->CFGR |= RCC_CFGR_SW_PLL;
    wait_for(&RCC->CFGR, RCC_CFGR_SWS, RCC_CFGR_SWS_PLL);
}

/* Bank 1 of the memory controller is at 0xC0000000, where ARMv7-M's memory map forbids execution. */
static void map_sdram_to_zero(void) {
    RCC->APB2ENR |= RCC_APB2ENR_SYSCFGEN;
    (void) RCC->APB2ENR;
    SYSCFG->MEMRMP = SYSCFG_MEMRMP_SDRAM;
    wait_for(&SYSCFG->MEMRMP, SYSCFG_MEMRMP_MEM_MODE, SYSCFG_MEMRMP_SDRAM);
}

/* USART1 at pin PA9, so that a kernel told "earlycon" can print before it has a driver. PCLK2 is 84 MHz. */
static void start_console(void) {
    RCC->AHB1ENR |= RCC_AHB1ENR_GPIO('A');
    RCC->APB2ENR |= RCC_APB2ENR_USART1EN;
    (void) RCC->APB2ENR;
    GPIO('A')->AFR[1] |= 7u << 4;
    GPIO('A')->MODER |= 2u << 18;
    USART1->BRR = (84000000u + BAUD / 2) / BAUD;
    USART1->CR1 = USART_CR1_UE | USART_CR1_TE;
}

/* For a kernel that is linked where SDRAM has its own address: ARMv7-M ARM, B3.5. Elsewhere the default map stays. */
static void let_sdram_execute(void) {
    MPU->RBAR = SDRAM | MPU_RBAR_VALID;
    MPU->RASR = MPU_RASR_FULL_ACCESS | MPU_RASR_CACHED | MPU_RASR_SIZE_256M | MPU_RASR_ENABLE;
    MPU->CTRL = MPU_CTRL_PRIVDEFENA | MPU_CTRL_ENABLE;
    __asm__ volatile("dsb\n\tisb" ::: "memory");
}

static _Noreturn void enter_kernel(void) {
    register uint32_t r0 __asm__("r0") = boot_linux_hand_off.r0;
    register uint32_t r1 __asm__("r1") = boot_linux_hand_off.r1;
    register uint32_t r2 __asm__("r2") = boot_linux_hand_off.r2;
    __asm__ volatile("cpsid i\n\tdsb\n\tisb\n\tbx %3"
                     :
                     : "r"(r0), "r"(r1), "r"(r2), "r"(boot_linux_hand_off.entry | 1)
                     : "memory");
    __builtin_unreachable();
}

int main(void) {
    start_clocks();
    map_sdram_to_zero();
    start_console();
    if (boot_linux_hand_off.entry >= SDRAM) {
        let_sdram_execute();
    }
    enter_kernel();
}

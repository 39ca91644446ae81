// SPDX-License-Identifier: MIT
/* Firmware that does one thing wrong: a word of its command line says which. Then it ends well, so that nothing else gives it away. */
#include "armv7m.h"
#include "semihosting.h"
#include "startup.h"
#include "stm32f4.h"
#include "text.h"

#define NOTHING 0x90000000u
#define SECOND_BANK 0x08100000u
#define TIM2_IRQn 28
#define USART2_CR1 (*(volatile uint32_t *) 0x4000440Cu)
#define DAC_DHR8R1 (*(volatile uint32_t *) 0x40007410u)
#define RCC_APB1ENR_DACEN (1u << 29)
#define TIM_DIER_UIE (1u << 0)
#define STORMS 1200

static volatile uint32_t interrupts;

static void Tim2_Handler(void) {
    interrupts = interrupts + 1;
    if (interrupts >= STORMS) {
        TIM2->SR = ~TIM_SR_UIF;
    }
}

static void Clean_Handler(void) {
    TIM2->SR = ~TIM_SR_UIF;
    interrupts = interrupts + 1;
    (void) TIM2->SR;
}

static void (*volatile on_tim2)(void) = Tim2_Handler;

static void Tim2_Dispatch(void) {
    on_tim2();
}

EXTERNAL_INTERRUPTS static const Handler external_interrupts[] = {
    [0 ... TIM2_IRQn - 1] = Unexpected_Handler,
    [TIM2_IRQn] = Tim2_Dispatch,
    [TIM2_IRQn + 1 ... LAST_IRQn] = Unexpected_Handler,
};

__attribute__((noinline)) static void use_gated_block(void) {
    USART2_CR1 = USART_CR1_UE;
    (void) USART2_CR1;
}

__attribute__((noinline)) static void set_reserved_bits(void) {
    RCC->APB2ENR |= RCC_APB2ENR_USART1EN;
    USART1->CR1 = USART_CR1_UE | 1u << 30;
    USART1->CR1 = USART_CR1_UE | 1u << 30;
}

__attribute__((noinline)) static void use_unmodelled_block(void) {
    RCC->APB1ENR |= RCC_APB1ENR_DACEN;
    DAC_DHR8R1 = 12;
}

__attribute__((noinline)) static void write_octet(void) {
    RCC->APB2ENR |= RCC_APB2ENR_USART1EN;
    *(volatile uint8_t *) &USART1->CR1 = 4;
}

__attribute__((noinline)) static void send_from_nowhere(void) {
    RCC->AHB1ENR |= RCC_AHB1ENR_ETHMACEN | RCC_AHB1ENR_ETHMACTXEN | RCC_AHB1ENR_ETHMACRXEN;
    ETH_MAC->MACCR |= ETH_MACCR_TE;
    ETH_DMA->DMATDLAR = NOTHING;
    ETH_DMA->DMAOMR |= ETH_DMAOMR_ST;
    ETH_DMA->DMATPDR = 1;
    for (volatile uint32_t i = 0; i < 1000; i++) {
    }
}

__attribute__((noinline)) static uint32_t recurse(uint32_t depth) {
    volatile uint32_t local[8];
    local[0] = depth;
    return depth == 0 ? 0 : recurse(depth - 1) + local[0];
}

__attribute__((noinline)) static void write_locked_flash(void) {
    *(volatile uint32_t *) SECOND_BANK = 0;
    *(volatile uint32_t *) (SECOND_BANK + 4) = 0;
}

static void start_timer(uint32_t ticks) {
    RCC->APB1ENR |= RCC_APB1ENR_TIM2EN;
    TIM2->ARR = ticks;
    TIM2->DIER = TIM_DIER_UIE;
    TIM2->CR1 = TIM_CR1_CEN;
    nvic_enable(TIM2_IRQn);
}

__attribute__((noinline)) static void leave_flag_set(void) {
    start_timer(1000);
    while (interrupts < STORMS) {
    }
}

/* As many interrupts, between which the program goes on. */
__attribute__((noinline)) static void clear_flag(void) {
    on_tim2 = Clean_Handler;
    start_timer(200);
    while (interrupts < STORMS) {
    }
}

int main(void) {
    static char words[128];
    if (!semihosting_command_line(words, sizeof words)) {
        semihosting_exit(1);
    }
    if (text_has_word(words, "gated")) {
        use_gated_block();
    } else if (text_has_word(words, "reserved")) {
        set_reserved_bits();
    } else if (text_has_word(words, "unmodelled")) {
        use_unmodelled_block();
    } else if (text_has_word(words, "width")) {
        write_octet();
    } else if (text_has_word(words, "dma")) {
        send_from_nowhere();
    } else if (text_has_word(words, "stack")) {
        recurse(100);
    } else if (text_has_word(words, "flash")) {
        write_locked_flash();
    } else if (text_has_word(words, "storm")) {
        leave_flag_set();
    } else {
        recurse(10);
        clear_flag();
    }
    semihosting_write_string("done\n");
    semihosting_exit(0);
}

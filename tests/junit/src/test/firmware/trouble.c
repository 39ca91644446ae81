// SPDX-License-Identifier: MIT
/* Firmware that gets into trouble when it is told to: one letter over USART1 says which; it echoes and counts all others. */
#include "armv7m.h"
#include "semihosting.h"
#include "startup.h"
#include "stm32f4.h"

#define USART_SR_RXNE (1u << 5)
#define NOTHING 0x90000000u

EXTERNAL_INTERRUPTS static const Handler external_interrupts[] = {[0 ... LAST_IRQn] = Unexpected_Handler};

volatile uint32_t counter;
volatile int8_t small = -5;
volatile char label[16] = "trouble";

static void start_serial(void) {
    RCC->AHB1ENR |= RCC_AHB1ENR_GPIO('A');
    RCC->APB2ENR |= RCC_APB2ENR_USART1EN;
    (void) RCC->APB2ENR;
    USART1->BRR = 16000000 / 115200;
    USART1->CR1 = USART_CR1_UE | USART_CR1_TE | USART_CR1_RE;
}

static void print(const char *text) {
    for (; *text != 0; text++) {
        while ((USART1->SR & USART_SR_TXE) == 0) {
        }
        USART1->DR = (uint8_t) *text;
    }
}

static char next_letter(void) {
    while ((USART1->SR & USART_SR_RXNE) == 0) {
    }
    return (char) USART1->DR;
}

static void load_from(uint32_t address) {
    __asm volatile("ldr %0, [%0]" : "+l"(address) : : "memory");
}

__attribute__((noinline)) static void read_nothing(void) {
    load_from(NOTHING);
}

/* Nine instructions go on behind the store before the fault is likely to be looked at. */
__attribute__((noinline)) static void write_nothing(void) {
    __asm volatile("str %0, [%0]\n nop\n nop\n nop\n nop\n nop\n nop\n nop\n nop\n nop" : : "l"(NOTHING) : "memory");
}

/* Takes one fault after the other, each of which the handler steps over. */
__attribute__((noinline)) static void fault_often(void) {
    for (uint32_t i = 0; i < 10; i++) {
        read_nothing();
    }
}

__attribute__((noinline)) static void undefined_instruction(void) {
    __asm volatile("udf.w #0");
}

/* A fault of exception entry: the stack is where there is nothing. */
__attribute__((noinline)) static void lose_the_stack(void) {
    __asm volatile("msr msp, %0\n svc #0" : : "r"(NOTHING + 256));
}

__attribute__((noinline)) static void sleep_forever(void) {
    for (;;) {
        wfi();
    }
}

__attribute__((noinline)) static void hang(void) {
    for (;;) {
        __asm volatile("" ::: "memory");
    }
}

__attribute__((noinline)) static void flood(void) {
    static char page[1024];
    for (uint32_t i = 0; i < sizeof page - 1; i++) {
        page[i] = '.';
    }
    page[sizeof page - 2] = '\n';
    for (;;) {
        semihosting_write_string(page);
    }
}

/* A fault inside its handler: with 'l' the core locks up. */
static volatile uint32_t lock_up;

void HardFault_Handler(void) {
    if (lock_up) {
        __asm volatile("udf #0");
    }
    Unexpected_Handler();
}

/* Goes on behind the load, a narrow instruction. */
__attribute__((naked)) void BusFault_Handler(void) {
    __asm volatile("ldr r1, [sp, #24]\n adds r1, #2\n str r1, [sp, #24]\n bx lr");
}

/* Goes on behind the undefined instruction, a wide one. */
__attribute__((naked)) void UsageFault_Handler(void) {
    __asm volatile("ldr r1, [sp, #24]\n adds r1, #4\n str r1, [sp, #24]\n bx lr");
}

static void obey(char letter) {
    switch (letter) {
    case 'b': read_nothing(); break;
    case 'r':
        SCB->SHCSR |= SHCSR_BUSFAULTENA;
        read_nothing();
        print("recovered\r\n");
        break;
    case 'w': write_nothing(); break;
    case 'o':
        SCB->SHCSR |= SHCSR_BUSFAULTENA | SHCSR_USGFAULTENA;
        undefined_instruction();
        fault_often();
        print("survived\r\n");
        break;
    case 'k': lose_the_stack(); break;
    case 'l':
        lock_up = 1;
        read_nothing();
        break;
    case 's': sleep_forever(); break;
    case 'h': hang(); break;
    case 'f': flood(); break;
    case 'x': semihosting_exit(3);
    case 'q': semihosting_exit(0);
    default:
        counter = counter + 1;
        print((char[]){letter, 0});
    }
}

int main(void) {
    (void) small; /* keeps them */
    (void) label[0];
    start_serial();
    print("ready\r\n");
    for (;;) {
        obey(next_letter());
    }
}

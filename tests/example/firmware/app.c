// SPDX-License-Identifier: MIT
/* A firmware to be tested: prints "ready" and answers each line over USART1 with its number and length. */
#include "startup.h"
#include "stm32f4.h"
#include "text.h"

#define USART_SR_RXNE (1u << 5)

EXTERNAL_INTERRUPTS static const Handler external_interrupts[] = {[0 ... LAST_IRQn] = Unexpected_Handler};

volatile uint32_t lines;

static void start_serial(void) {
    RCC->AHB1ENR |= RCC_AHB1ENR_GPIO('A');
    RCC->APB2ENR |= RCC_APB2ENR_USART1EN;
    (void) RCC->APB2ENR;
    USART1->BRR = 16000000 / 115200;
    USART1->CR1 = USART_CR1_UE | USART_CR1_TE | USART_CR1_RE;
}

static void send(char c) {
    while ((USART1->SR & USART_SR_TXE) == 0) {
    }
    USART1->DR = (uint8_t) c;
}

static char receive(void) {
    while ((USART1->SR & USART_SR_RXNE) == 0) {
    }
    return (char) USART1->DR;
}

__attribute__((format(printf, 1, 2))) static void print(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    text_format(send, format, arguments);
    va_end(arguments);
}

int main(void) {
    start_serial();
    print("ready\r\n");
    for (;;) {
        uint32_t length = 0;
        while (receive() != '\r') {
            length++;
        }
        lines = lines + 1;
        print("line %lu has %lu characters\r\n", lines, length);
    }
}

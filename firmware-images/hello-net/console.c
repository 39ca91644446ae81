// SPDX-License-Identifier: MIT
#include "console.h"

#include "armv7m.h"
#include "clock.h"
#include "fail.h"
#include "pins.h"
#include "stm32f4.h"
#include "text.h"
#include "ticks.h"

#include <stdbool.h>
#include <stdint.h>

#define BAUD 115200u
#define RING_SIZE 1024u /* a power of two, so that the free-running indices may wrap */
#define SEND_MILLISECONDS 500ul

static volatile char ring[RING_SIZE];
static volatile uint32_t ring_written; /* moved by the thread */
static volatile uint32_t ring_sent;    /* moved by the interrupt */
static bool polling;

static const struct Pin pins[] = {{'A', 9, 7}, {'A', 10, 7}};

void console_start(void) {
    pins_configure(pins, sizeof pins / sizeof pins[0]);
    RCC->APB2ENR |= RCC_APB2ENR_USART1EN;
    (void) RCC->APB2ENR;
    USART1->CR1 = 0;
    USART1->CR2 = 0;
    USART1->CR3 = 0;
    USART1->BRR = (clock_pclk2() + BAUD / 2) / BAUD;
    USART1->CR1 = USART_CR1_UE | USART_CR1_TE | USART_CR1_RE;
    nvic_set_priority(USART1_IRQn, 8);
    nvic_enable(USART1_IRQn);
}

static bool ring_empty(void) {
    return ring_written == ring_sent;
}

static bool ring_has_room(void) {
    return ring_written - ring_sent < RING_SIZE;
}

static char take_from_ring(void) {
    const char c = ring[ring_sent % RING_SIZE];
    ring_sent = ring_sent + 1;
    return c;
}

void USART1_IRQHandler(void) {
    if (ring_empty()) {
        USART1->CR1 &= ~USART_CR1_TXEIE;
        (void) USART1->CR1; /* the request is down before the handler returns */
    } else if ((USART1->SR & USART_SR_TXE) != 0) {
        USART1->DR = (uint8_t) take_from_ring();
    }
}

/* Without interrupts there is no clock to measure by: many more polls than a character takes. */
static void poll_status(uint32_t bit) {
    for (uint32_t polls = 0; polls < 1000000 && (USART1->SR & bit) == 0; polls++) {
    }
}

static void send_polled(char c) {
    poll_status(USART_SR_TXE);
    USART1->DR = (uint8_t) c;
}

/* TXEIE is set with interrupts masked, for the handler changes the same register. */
static void start_sending(void) {
    disable_interrupts();
    USART1->CR1 |= USART_CR1_TXEIE;
    enable_interrupts();
}

/* The whole ring takes 89 ms. */
static void wait_for_ring(bool (*done)(void)) {
    const uint32_t start = ticks();
    while (!done()) {
        if (ticks() - start > SEND_MILLISECONDS) {
            console_switch_to_polling();
            fail(FAIL_HARDWARE, "USART1: not sent by interrupts within %lu ms", SEND_MILLISECONDS);
        }
        sleep_unless(done);
    }
}

static void send_queued(char c) {
    if (!ring_has_room()) {
        start_sending();
        wait_for_ring(ring_has_room);
    }
    ring[ring_written % RING_SIZE] = c;
    ring_written = ring_written + 1;
}

void console_vprint(const char *format, va_list arguments) {
    if (polling) {
        text_format(send_polled, format, arguments);
    } else {
        text_format(send_queued, format, arguments);
        start_sending();
    }
}

void console_print(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    console_vprint(format, arguments);
    va_end(arguments);
}

void console_flush(void) {
    wait_for_ring(ring_empty);
    poll_status(USART_SR_TC);
}

void console_switch_to_polling(void) {
    disable_interrupts();
    USART1->CR1 &= ~USART_CR1_TXEIE;
    polling = true;
    while (!ring_empty()) {
        send_polled(take_from_ring());
    }
}

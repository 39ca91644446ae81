// SPDX-License-Identifier: MIT
/* USART1 (RM0090, chapter 30) as a console, 115200 8N1 on PA9 and PA10; sending is interrupt driven. */
#ifndef HELLO_CONSOLE_H
#define HELLO_CONSOLE_H

#include <stdarg.h>

/* Starts it, or restarts it at a new PCLK2 when everything has been sent. */
void console_start(void);

void console_print(const char *format, ...) __attribute__((format(printf, 1, 2)));
void console_vprint(const char *format, va_list arguments);

/* Waits until the last character has left the wire. */
void console_flush(void);

/* For fault handlers: sends what is queued, and from now on each character, without interrupts. */
void console_switch_to_polling(void);

void USART1_IRQHandler(void);

#endif

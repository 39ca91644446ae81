// SPDX-License-Identifier: MIT
/* Measures code with DWT_CYCCNT, the second time that it runs, with FLASH_ACR as "acr=N" says; prints "NAME CYCLES" in lines. */
#include "armv7m.h"
#include "semihosting.h"
#include "startup.h"
#include "stm32f4.h"
#include "text.h"

EXTERNAL_INTERRUPTS static const Handler external_interrupts[] = {[0 ... LAST_IRQn] = Unexpected_Handler};

#define DEMCR (*(volatile uint32_t *) 0xE000EDFCu)
#define DEMCR_TRCENA (1u << 24)
#define DWT_CTRL (*(volatile uint32_t *) 0xE0001000u)
#define DWT_CTRL_CYCCNTENA (1u << 0)
#define DWT_CYCCNT (*(volatile uint32_t *) 0xE0001004u)
#define LONGEST 0xFFFFFFu

/* From one read of CYCCNT to the next, 2 cycles for the first among them. The first is the last halfword of 16 octets of flash. */
#define FROM_A_LINE(code) \
    "   .balign 16\n   nop\n   nop\n   nop\n   nop\n   nop\n   nop\n   nop\n   ldr r1, [r0]\n" code "\n   ldr r2, [r0]\n"

/* The same; the first is the second halfword, so that the line is there. */
#define IN_A_LINE(code) "   .balign 16\n   nop\n   ldr r1, [r0]\n" code "\n   ldr r2, [r0]\n"

#define MEASURE(name, code) \
    __attribute__((naked, noinline)) static uint32_t name(volatile uint32_t *cyccnt __attribute__((unused))) { \
        __asm volatile(code "   subs r0, r2, r1\n   bx lr\n"); \
    }

MEASURE(one_nop, IN_A_LINE("   nop"))
MEASURE(svc, IN_A_LINE("   svc 0"))
MEASURE(hundred_turns, IN_A_LINE("   movs r3, #100\n1: subs r3, #1\n   bne 1b"))
MEASURE(sixty_four_wide, FROM_A_LINE("   .rept 64\n   mov.w r3, r3\n   .endr"))
MEASURE(four_literals, IN_A_LINE("   ldr r3, 2f\n   ldr r3, 2f+4\n   ldr r3, 2f+8\n   ldr r3, 2f+12")
        "   b 3f\n   .balign 16\n2: .word 1, 2, 3, 4\n3:\n")

__attribute__((naked)) void SVCall_Handler(void) {
    __asm volatile("bx lr");
}

static char line[40];
static uint32_t length;

static void put(char c) {
    line[length++] = c;
}

__attribute__((format(printf, 1, 2))) static void print(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    length = 0;
    text_format(put, format, arguments);
    va_end(arguments);
    line[length] = 0;
    semihosting_write_string(line);
}

static void report(const char *name, uint32_t (*measure)(volatile uint32_t *)) {
    measure(&DWT_CYCCNT);
    print("%s %lu\n", name, measure(&DWT_CYCCNT));
}

/* What three counters of HCLK count between the same two places. */
static void compare_counters(void) {
    uint32_t counts[2][3];
    for (uint32_t k = 0; k < 2; k++) {
        counts[k][0] = DWT_CYCCNT;
        counts[k][1] = LONGEST - SYST->CVR;
        counts[k][2] = TIM2->CNT;
        for (volatile uint32_t turns = 0; turns < 1000; turns++) {
        }
    }
    print("cyccnt %lu\n", counts[1][0] - counts[0][0]);
    print("systick %lu\n", counts[1][1] - counts[0][1]);
    print("tim2 %lu\n", counts[1][2] - counts[0][2]);
}

int main(void) {
    static char command_line[80];
    if (semihosting_command_line(command_line, sizeof command_line)) {
        FLASH->ACR = text_number_option(command_line, "acr", 0);
    }
    DEMCR = DEMCR_TRCENA;
    DWT_CTRL = DWT_CTRL_CYCCNTENA;
    SYST->RVR = LONGEST;
    SYST->CVR = 0;
    SYST->CSR = SYST_CSR_CLKSOURCE | SYST_CSR_ENABLE;
    RCC->APB1ENR = RCC_APB1ENR_TIM2EN;
    TIM2->CR1 = TIM_CR1_CEN;
    report("nop", one_nop);
    report("svc", svc);
    report("turns", hundred_turns);
    report("wide", sixty_four_wide);
    report("literals", four_literals);
    compare_counters();
    return 0;
}

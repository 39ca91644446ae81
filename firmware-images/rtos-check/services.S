// SPDX-License-Identifier: MIT
/* Supervisor calls whose surroundings are watched. */
#include "services.h"
    .file   "services.S"   /* else the symbol table holds a temporary name */
    .syntax unified
    .thumb
    .text

/* Returns a bit for each of r1-r12 that a service did not preserve, and bit 13 for the flags. */
    .global services_lost_registers
    .type services_lost_registers, %function
services_lost_registers:
    push    {r4-r11, lr}
    ldr     r0, =0xA8000000         /* N, C, Q */
    msr     APSR_nzcvq, r0
    mov     r1, #0x11
    mov     r2, #0x22
    mov     r3, #0x33
    mov     r4, #0x44
    mov     r5, #0x55
    mov     r6, #0x66
    mov     r7, #0x77
    mov     r8, #0x88
    mov     r9, #0x99
    mov     r10, #0xAA
    mov     r11, #0xBB
    mov     r12, #0xCC
    svc     #SERVICE_LAST
    mrs     r0, APSR
    and     r0, r0, #0xF8000000
    push    {r0}
    mov     r0, #0
    .irp n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
    cmp     r\n, #0x11 * \n
    it      ne
    orrne   r0, r0, #1 << \n
    .endr
    pop     {r1}
    cmp     r1, #0xA8000000
    it      ne
    orrne   r0, r0, #1 << 13
    pop     {r4-r11, pc}
    .size services_lost_registers, . - services_lost_registers

/* r0 = 0: the service runs, and then the first addition; else only the second. Returns the sum. */
    .global services_in_it_block
    .type services_in_it_block, %function
services_in_it_block:
    movs    r1, #0
    cmp     r0, #0
    ittte   eq
    svceq   #SERVICE_COUNT
    addeq   r1, r1, #1
    moveq   r0, #0
    addne   r1, r1, #2
    mov     r0, r1
    bx      lr
    .size services_in_it_block, . - services_in_it_block

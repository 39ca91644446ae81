// SPDX-License-Identifier: MIT
/* Floating-point registers kept across whatever interrupts, and a handler that clobbers all it may. */
    .file   "fp.S"   /* else the symbol table holds a temporary name */
    .syntax unified
    .thumb
    .fpu fpv4-sp-d16
    .text

    .altmacro
    .macro for_s0_to last, do
    .set n, 0
    .rept \last + 1
    \do %n
    .set n, n + 1
    .endr
    .endm

    .macro fill n
    add     r5, r0, #\n
    vmov    s\n, r5
    .endm

    .macro compare n
    vmov    r5, s\n
    add     r6, r0, #\n
    cmp     r5, r6
    it      ne
    orrne   r7, r7, #1 << \n
    .endm

    .macro clobber n
    vmov    s\n, r1
    .endm

/*
 * Fills s0-s31 with r0 + n and sets FPSCR.RMode to the low bits of r0; stores r3 at r2 unless that is 0; spins r1 times
 * through a generator, twice. Returns a bit for each register that has changed; all bits when FPSCR has; 0xFFFF0000
 * when the spins differ.
 */
    .global fp_hold
    .type fp_hold, %function
fp_hold:
    push    {r4-r8, lr}
    vpush   {s16-s31}
    and     r4, r0, #3
    lsl     r4, r4, #22
    vmsr    fpscr, r4
    for_s0_to 31, fill
    cbz     r2, 1f
    str     r3, [r2]
    dsb
    isb
1:  ldr     r2, =1664525
    ldr     r3, =1013904223
    mov     r6, r0
    mov     r5, r1
2:  mla     r6, r6, r2, r3
    eor     r6, r6, r6, lsr #7
    subs    r5, r5, #1
    bne     2b
    mov     r8, r0
    mov     r5, r1
3:  mla     r8, r8, r2, r3
    eor     r8, r8, r8, lsr #7
    subs    r5, r5, #1
    bne     3b
    movs    r7, #0
    cmp     r6, r8
    itt     ne
    movwne  r7, #0
    movtne  r7, #0xFFFF
    for_s0_to 31, compare
    vmrs    r5, fpscr
    cmp     r5, r4
    it      ne
    movne   r7, #-1
    movs    r5, #0
    vmsr    fpscr, r5
    mov     r0, r7
    vpop    {s16-s31}
    pop     {r4-r8, pc}
    .size fp_hold, . - fp_hold

/* Notes its EXC_RETURN and the interrupted PSP; clobbers s0-s15 and FPSCR, which are saved lazily at its first use. */
    .global FpClobber_Handler
    .type FpClobber_Handler, %function
FpClobber_Handler:
    ldr     r0, =frames_seen
    mrs     r1, psp
    strd    r1, lr, [r0]
    ldr     r1, =0xFFC00000
    for_s0_to 15, clobber
    ldr     r1, =0xF2C00000         /* N, Z, C, V, default NaN, round to zero */
    vmsr    fpscr, r1
    bx      lr
    .size FpClobber_Handler, . - FpClobber_Handler

/* Pends an interrupt by storing r2 at r1 while SP is r0 octets lower than it was. Returns SP at that moment. */
    .global frames_interrupt
    .type frames_interrupt, %function
frames_interrupt:
    push    {r4, lr}
    mov     r4, r0
    sub     sp, sp, r4
    mov     r0, sp
    str     r2, [r1]
    dsb
    isb
    add     sp, sp, r4
    pop     {r4, pc}
    .size frames_interrupt, . - frames_interrupt

// SPDX-License-Identifier: MIT
/* The parts of the kernel that C cannot say: exception frames, and the registers that entry does not save. */
    .file   "context.S"   /* else the symbol table holds a temporary name */
    .syntax unified
    .thumb
    .fpu fpv4-sp-d16
    .text

/* Exception entry kept r0-r3, r12, lr, pc, xPSR and, lazily, s0-s15 and FPSCR on the thread's stack. */
    .global PendSV_Handler
    .type PendSV_Handler, %function
PendSV_Handler:
    mrs     r0, psp
    tst     lr, #0x10               /* EXC_RETURN bit 4 is 0: the thread has used the FPU */
    it      eq
    vstmdbeq r0!, {s16-s31}
    stmdb   r0!, {r4-r11, lr}
    bl      kernel_switch
    ldmia   r0!, {r4-r11, lr}
    tst     lr, #0x10
    it      eq
    vldmiaeq r0!, {s16-s31}
    msr     psp, r0
    bx      lr
    .size PendSV_Handler, . - PendSV_Handler

    .global SVCall_Handler
    .type SVCall_Handler, %function
SVCall_Handler:
    tst     lr, #4                  /* bit 2: which stack the frame is on */
    ite     eq
    mrseq   r0, msp
    mrsne   r0, psp
    b       kernel_dispatch
    .size SVCall_Handler, . - SVCall_Handler

/* r0: top of the new stack, r1: where to go on. Interrupts, masked until now, find a process stack to save on. */
    .global kernel_enter_main_thread
    .type kernel_enter_main_thread, %function
kernel_enter_main_thread:
    msr     psp, r0
    movs    r2, #2                  /* CONTROL.SPSEL */
    msr     control, r2
    isb
    cpsie   i
    blx     r1
    udf     #0
    .size kernel_enter_main_thread, . - kernel_enter_main_thread

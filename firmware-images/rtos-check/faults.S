// SPDX-License-Identifier: MIT
/* A function for each fault, which comes at fault_NAME_at, with r0-r3 as given; at fault_NAME_resume it goes on. */
    .file   "faults.S"   /* else the symbol table holds a temporary name */
    .syntax unified
    .thumb
    .text

    .macro fault name
    .global fault_\name
    .type fault_\name, %function
fault_\name:
    .endm

    .macro at name
    .global fault_\name\()_at
fault_\name\()_at:
    .endm

    .macro resume name
    .global fault_\name\()_resume
fault_\name\()_resume:
    bx      lr
    .size fault_\name, . - fault_\name
    .endm

    fault undefined
    ldr     r12, =0x12121212
    at undefined
    udf     #0xAB
    resume undefined

    fault undefined_wide
    ldr     r12, =0x12121212
    at undefined_wide
    udf.w   #0xABC
    resume undefined_wide

/* The stacked PC is the target, for there is no instruction that could be executed in ARM state. */
    fault state
    ldr     r12, =fault_state_at          /* even */
    bx      r12
    .balign 4
    at state
    nop
    resume state

    fault load
    ldr     r12, =0x30000000
    at load
    ldr     r1, [r12]
    resume load

    .equ    fault_fetch_at, 0x30000000
    .global fault_fetch_at
    fault fetch
    ldr     r12, =0x30000001
    bx      r12
    resume fetch

    .equ    fault_execute_never_at, 0x40000000
    .global fault_execute_never_at
    fault execute_never
    ldr     r12, =0x40000001
    bx      r12
    resume execute_never

/* SCB.CPUID, which only privileged code may read. */
    fault unprivileged
    ldr     r12, =0xE000ED00
    at unprivileged
    ldr     r1, [r12]
    resume unprivileged

    fault masked
    ldr     r12, =0x12121212
    cpsid   i
    at masked
    udf     #1
    .global fault_masked_resume
fault_masked_resume:
    cpsie   i
    bx      lr
    .size fault_masked, . - fault_masked

    fault masked_service
    ldr     r12, =0x12121212
    cpsid   i
    svc     #255
    .global fault_masked_service_resume
fault_masked_service_resume:
    cpsie   i
    bx      lr
    .size fault_masked_service, . - fault_masked_service

/* UDF whose condition fails does nothing; returns 7. */
    .global fault_none_in_it_block
    .type fault_none_in_it_block, %function
fault_none_in_it_block:
    movs    r0, #7
    cmp     r0, #7
    it      ne
    udfne   #2
    bx      lr
    .size fault_none_in_it_block, . - fault_none_in_it_block

    .global Fault_Handler
    .type Fault_Handler, %function
Fault_Handler:
    mov     r1, lr
    tst     lr, #4
    ite     eq
    mrseq   r0, msp
    mrsne   r0, psp
    push    {r4, lr}
    bl      faults_note
    pop     {r4, lr}
    bx      r0                      /* the EXC_RETURN that faults_note chose */
    .size Fault_Handler, . - Fault_Handler

    .global HardFault_Handler
    .global MemManage_Handler
    .global BusFault_Handler
    .global UsageFault_Handler
    .thumb_set HardFault_Handler, Fault_Handler
    .thumb_set MemManage_Handler, Fault_Handler
    .thumb_set BusFault_Handler, Fault_Handler
    .thumb_set UsageFault_Handler, Fault_Handler

/* An interrupt that returns by faults_bad_return. */
    .global BadReturn_Handler
    .type BadReturn_Handler, %function
BadReturn_Handler:
    ldr     r0, =faults_true_return
    str     lr, [r0]
    ldr     r0, =faults_bad_return
    ldr     r0, [r0]
    bx      r0
    .size BadReturn_Handler, . - BadReturn_Handler

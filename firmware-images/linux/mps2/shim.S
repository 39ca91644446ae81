/* SPDX-License-Identifier: MIT */
/* Enters a kernel on QEMU's mps2-an386, as a boot loader does (Linux, Documentation/arm/booting.rst): r0 is 0, r1 no machine number,
   r2 the address of the device tree; the first UART is switched on for messages before its driver. */
	.syntax unified
	.cpu cortex-m4
	.thumb

	.equ UART0, 0x40004000
	.equ UART_CTRL, 0x08
	.equ UART_CTRL_TX_RX, 3
	.equ UART_BAUDDIV, 0x10

	.section .vectors, "a"
	.word 0x20008000
	.word enter_kernel + 1

	.text
	.thumb_func
	.global enter_kernel
enter_kernel:
	cpsid	i
	ldr	r4, =UART0
	movs	r0, #16
	str	r0, [r4, #UART_BAUDDIV]
	movs	r0, #UART_CTRL_TX_RX
	str	r0, [r4, #UART_CTRL]
	movs	r0, #0
	mvns	r1, r0
	ldr	r2, =TREE
	ldr	r3, =KERNEL + 1
	bx	r3
	.ltorg

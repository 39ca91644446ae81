// SPDX-License-Identifier: MIT
/* Reset, and the vector table: system exceptions are weak, external interrupts are each image's own. */
#ifndef PICORN_STARTUP_H
#define PICORN_STARTUP_H

typedef void (*Handler)(void);

/* Marks an image's table of external interrupts, which the linker puts behind the system exceptions. */
#define EXTERNAL_INTERRUPTS __attribute__((section(".vectors.external"), used))

_Noreturn void Reset_Handler(void);
void NMI_Handler(void);
void HardFault_Handler(void);
void MemManage_Handler(void);
void BusFault_Handler(void);
void UsageFault_Handler(void);
void SVCall_Handler(void);
void DebugMonitor_Handler(void);
void PendSV_Handler(void);
void SysTick_Handler(void);

/* Any exception that an image does not handle comes here; weak, and stops with code 1. */
void Unexpected_Handler(void);

int main(void);

#endif

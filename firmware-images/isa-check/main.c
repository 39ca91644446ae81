// SPDX-License-Identifier: MIT
/* isa-check: a checksum of each class of instructions, the same at every -O level and wherever the Cortex-M4F is exact. */
#include "armv7m.h"
#include "check.h"
#include "startup.h"

int main(void) {
    CPACR |= CPACR_CP10_CP11_FULL;
    __asm volatile("dsb\n\tisb" ::: "memory");
    integer_check();
    simd_check();
    memory_check();
    control_check();
    float_check();
    return 0;
}

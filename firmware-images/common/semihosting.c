// SPDX-License-Identifier: MIT
#include "semihosting.h"

enum Operation {
    SYS_WRITEC = 0x03,
    SYS_WRITE0 = 0x04,
    SYS_GET_CMDLINE = 0x15,
    SYS_EXIT = 0x18,
    SYS_EXIT_EXTENDED = 0x20
};

#define ADP_STOPPED_APPLICATION_EXIT 0x20026u

static uint32_t call(enum Operation operation, uint32_t parameter) {
    register uint32_t r0 __asm("r0") = (uint32_t) operation;
    register uint32_t r1 __asm("r1") = parameter;
    __asm volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

void semihosting_write_char(char c) {
    (void) call(SYS_WRITEC, (uint32_t) (uintptr_t) &c);
}

void semihosting_write_string(const char *text) {
    (void) call(SYS_WRITE0, (uint32_t) (uintptr_t) text);
}

bool semihosting_command_line(char *buffer, size_t size) {
    struct {
        char *buffer;
        uint32_t size;
    } block = {buffer, (uint32_t) size};
    return call(SYS_GET_CMDLINE, (uint32_t) (uintptr_t) &block) == 0;
}

_Noreturn void semihosting_exit(uint32_t code) {
    const uint32_t block[2] = {ADP_STOPPED_APPLICATION_EXIT, code};
    if (code == 0) {
        (void) call(SYS_EXIT, ADP_STOPPED_APPLICATION_EXIT);
    } else {
        (void) call(SYS_EXIT_EXTENDED, (uint32_t) (uintptr_t) block);
    }
    for (;;) {
        __asm volatile("wfi");
    }
}

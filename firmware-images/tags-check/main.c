// SPDX-License-Identifier: MIT
/* Stands where a 2.6-era kernel does, and checks what it was handed against Linux's Documentation/arm/booting.rst: r0 is 0, r1 a
   machine number, r2 the address of a tagged list within the first 16 KB of memory, interrupts are off. Prints each tag, then
   ends: well, or with the number of what is wrong. */
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include "semihosting.h"
#include "text.h"

#define RAM 0xC0000000u
#define MACHINE 2189u

enum Tag {
    ATAG_NONE = 0x00000000,
    ATAG_CORE = 0x54410001,
    ATAG_MEM = 0x54410002,
    ATAG_INITRD2 = 0x54420005,
    ATAG_CMDLINE = 0x54410009
};

struct TagHeader {
    uint32_t words, tag;
};

static uint32_t failures;

static void print(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    text_format(semihosting_write_char, format, arguments);
    va_end(arguments);
}

static void check(const char *what, bool good) {
    if (!good) {
        print("wrong: %s\n", what);
        failures++;
    }
}

static void print_tag(const struct TagHeader *header, const uint32_t *words) {
    switch (header->tag) {
        case ATAG_MEM:
            print("ATAG_MEM %u KB from 0x%08x\n", words[0] / 1024, words[1]);
            check("memory is where this was linked", words[1] == RAM);
            break;
        case ATAG_INITRD2:
            print("ATAG_INITRD2 %u octets from 0x%08x\n", words[1], words[0]);
            check("the file system is in memory", words[0] >= RAM);
            break;
        case ATAG_CMDLINE:
            print("ATAG_CMDLINE %s\n", (const char *) words);
            break;
        default:
            print("tag 0x%08x\n", header->tag);
            check("every tag is known", false);
            break;
    }
}

static void check_list(const uint32_t *list) {
    const struct TagHeader *header = (const struct TagHeader *) list;
    bool memory = false;
    check("the list begins with ATAG_CORE", header->tag == ATAG_CORE && (header->words == 2 || header->words == 5));
    while (header->tag == ATAG_CORE || (header->tag != ATAG_NONE && header->words >= 2)) {
        const uint32_t *words = (const uint32_t *) header + 2;
        if (header->tag != ATAG_CORE) {
            print_tag(header, words);
        }
        memory |= header->tag == ATAG_MEM;
        header = (const struct TagHeader *) ((const uint32_t *) header + header->words);
    }
    check("memory is told", memory);
    check("the list ends with an empty ATAG_NONE", header->tag == ATAG_NONE && header->words == 0);
}

__attribute__((used)) static _Noreturn void tags_check(uint32_t r0, uint32_t r1, uint32_t r2) {
    uint32_t primask;
    __asm__ volatile("mrs %0, PRIMASK" : "=r"(primask));
    print("machine %u\n", r1);
    check("r0 is 0", r0 == 0);
    check("r1 is the machine number", r1 == MACHINE);
    check("r2 is in the first 16 KB of memory, at a word", r2 >= RAM && r2 < RAM + 0x4000 && r2 % 4 == 0);
    check("interrupts are off", (primask & 1) != 0);
    check_list((const uint32_t *) r2);
    semihosting_exit(failures);
}

/* A kernel makes its own stack; the loader's may be anywhere. */
__attribute__((naked, section(".entry"), used)) void tags_check_entry(void);
__attribute__((naked, section(".entry"), used)) void tags_check_entry(void) {
    __asm__ volatile("ldr sp, =0xC0020000\n\tb tags_check\n\t.ltorg");
}

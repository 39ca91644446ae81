// SPDX-License-Identifier: MIT
/* How the firmware gives up. */
#ifndef HELLO_FAIL_H
#define HELLO_FAIL_H

#include <stdint.h>

/* Exit codes. */
enum Failure {
    FAIL_FAULT = 1,
    FAIL_HARDWARE = 2,
    FAIL_LINK = 3,
    FAIL_DHCP = 4,
    FAIL_ARP = 5,
    FAIL_PING = 6,
    FAIL_ECHO = 7
};

/* Prints why, waits until the console has sent it, and ends the run with this code. Not for handlers. */
_Noreturn void fail(enum Failure code, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif

// SPDX-License-Identifier: MIT
/* UDP echo (RFC 862): datagrams of all sizes, some at a time on their way, each checked octet by octet. */
#ifndef HELLO_ECHO_H
#define HELLO_ECHO_H

#include "network.h"

#include <stdint.h>

/* Datagram n leaves from port ECHO_FIRST_PORT + n, so that even an answer of one octet tells which it is. */
#define ECHO_FIRST_PORT 49152u

struct EchoResult {
    uint32_t datagrams, octets, resent;
};

/* Fails when an answer is wrong, or does not come after some tries. */
struct EchoResult echo_run(const struct Station *to, uint32_t datagrams);

void echo_receive(const struct Station *from, uint32_t number, const uint8_t *data, uint32_t length);

#endif

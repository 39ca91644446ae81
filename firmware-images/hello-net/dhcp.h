// SPDX-License-Identifier: MIT
/* A DHCP client (RFC 2131, RFC 2132) that takes the first offer and never renews. */
#ifndef HELLO_DHCP_H
#define HELLO_DHCP_H

#include <stdint.h>

#define DHCP_CLIENT_PORT 68u

/* Sets the interface's address, mask and gateway; fails when no server gives them. */
void dhcp_obtain_lease(void);

void dhcp_receive(const uint8_t *message, uint32_t length);

#endif

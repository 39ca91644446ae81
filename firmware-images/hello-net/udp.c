// SPDX-License-Identifier: MIT
#include "network.h"

#include "dhcp.h"
#include "echo.h"
#include "wire.h"

enum UdpHeader {
    UDP_SOURCE = 0,
    UDP_DESTINATION = 2,
    UDP_LENGTH = 4,
    UDP_CHECKSUM = 6,
    UDP_SIZE = 8
};

uint8_t *udp_payload(void) {
    return ipv4_payload() + UDP_SIZE;
}

void udp_send(const struct Station *to, uint32_t source_port, uint32_t destination_port, uint32_t length) {
    uint8_t *header = ipv4_payload();
    put16(header + UDP_SOURCE, source_port);
    put16(header + UDP_DESTINATION, destination_port);
    put16(header + UDP_LENGTH, UDP_SIZE + length);
    put16(header + UDP_CHECKSUM, 0);
    ipv4_send(to, PROTOCOL_UDP, UDP_SIZE + length);
}

/* A checksum of 0 says that the sender made none. */
static bool is_well_formed(uint32_t sum, const uint8_t *datagram, uint32_t length) {
    if (length < UDP_SIZE || get16(datagram + UDP_LENGTH) != length) {
        return false;
    }
    return get16(datagram + UDP_CHECKSUM) == 0 || checksum_fold(checksum_add(sum, datagram, length)) == CHECKSUM_GOOD;
}

void udp_receive(const struct Station *from, uint32_t sum, const uint8_t *datagram, uint32_t length) {
    if (!is_well_formed(sum, datagram, length)) {
        malformed.udp++;
        return;
    }
    const uint32_t port = get16(datagram + UDP_DESTINATION);
    if (port == DHCP_CLIENT_PORT) {
        dhcp_receive(datagram + UDP_SIZE, length - UDP_SIZE);
    } else if (port >= ECHO_FIRST_PORT) {
        echo_receive(from, port - ECHO_FIRST_PORT, datagram + UDP_SIZE, length - UDP_SIZE);
    }
}

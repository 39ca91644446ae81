// SPDX-License-Identifier: MIT
#include "network.h"

#include "ethernet.h"
#include "octets.h"
#include "wire.h"

enum Ipv4Header {
    IPV4_VERSION_IHL = 0,
    IPV4_TOS = 1,
    IPV4_TOTAL_LENGTH = 2,
    IPV4_IDENTIFICATION = 4,
    IPV4_FRAGMENT = 6,
    IPV4_TTL = 8,
    IPV4_PROTOCOL = 9,
    IPV4_CHECKSUM = 10,
    IPV4_SOURCE = 12,
    IPV4_DESTINATION = 16,
    IPV4_SIZE = 20
};

enum {
    ETHERNET_HEADER_SIZE = 14,
    ETHERNET_SOURCE_FROM_PAYLOAD = -8,
    ETHERTYPE_IPV4 = 0x0800,
    VERSION_4_IHL_5 = 0x45,
    FRAGMENT_DF = 0x4000,
    FRAGMENT_MF_OR_OFFSET = 0x3FFF,
    INITIAL_TTL = 64
};

uint8_t *ipv4_payload(void) {
    return ethernet_transmit_buffer() + ETHERNET_HEADER_SIZE + IPV4_SIZE;
}

void ipv4_send(const struct Station *to, enum Protocol protocol, uint32_t length) {
    static uint16_t identification;
    uint8_t *header = ethernet_header(to->mac, ETHERTYPE_IPV4);
    header[IPV4_VERSION_IHL] = VERSION_4_IHL_5;
    header[IPV4_TOS] = 0;
    put16(header + IPV4_TOTAL_LENGTH, IPV4_SIZE + length);
    put16(header + IPV4_IDENTIFICATION, identification++);
    put16(header + IPV4_FRAGMENT, FRAGMENT_DF);
    header[IPV4_TTL] = INITIAL_TTL;
    header[IPV4_PROTOCOL] = (uint8_t) protocol;
    put16(header + IPV4_CHECKSUM, 0);
    put32(header + IPV4_SOURCE, interface.address);
    put32(header + IPV4_DESTINATION, to->address);
    ethernet_transmit(ETHERNET_HEADER_SIZE + IPV4_SIZE + length);
}

static uint32_t header_length(const uint8_t *packet) {
    return (packet[IPV4_VERSION_IHL] & 0xFu) * 4u;
}

/* A frame may be longer than its packet, for short ones are padded. */
static bool is_well_formed(const uint8_t *packet, uint32_t length) {
    return length >= IPV4_SIZE && packet[IPV4_VERSION_IHL] >> 4 == 4 && header_length(packet) >= IPV4_SIZE
        && get16(packet + IPV4_TOTAL_LENGTH) >= header_length(packet) && get16(packet + IPV4_TOTAL_LENGTH) <= length
        && checksum_fold(checksum_add(0, packet, header_length(packet))) == CHECKSUM_GOOD;
}

/* Before there is a lease, a DHCP server may already send to the address that it offers. */
static bool is_for_us(uint32_t destination) {
    return interface.address == 0 || destination == interface.address || destination == BROADCAST_ADDRESS
        || destination == (interface.address | ~interface.mask);
}

static uint32_t pseudo_header_sum(const uint8_t *packet, uint32_t length) {
    return checksum_add(packet[IPV4_PROTOCOL] + length, packet + IPV4_SOURCE, 8);
}

static void deliver(const uint8_t *packet, const uint8_t *payload, uint32_t length) {
    struct Station from = {.address = get32(packet + IPV4_SOURCE)};
    memcpy(from.mac, packet + ETHERNET_SOURCE_FROM_PAYLOAD, 6);
    switch (packet[IPV4_PROTOCOL]) {
    case PROTOCOL_ICMP: icmp_receive(&from, payload, length); break;
    case PROTOCOL_UDP: udp_receive(&from, pseudo_header_sum(packet, length), payload, length); break;
    default: break;
    }
}

void ipv4_receive(const uint8_t *packet, uint32_t length) {
    if (!is_well_formed(packet, length)) {
        malformed.ipv4++;
        return;
    }
    const bool is_fragment = (get16(packet + IPV4_FRAGMENT) & FRAGMENT_MF_OR_OFFSET) != 0;
    if (!is_fragment && is_for_us(get32(packet + IPV4_DESTINATION))) {
        const uint32_t header = header_length(packet);
        deliver(packet, packet + header, get16(packet + IPV4_TOTAL_LENGTH) - header);
    }
}

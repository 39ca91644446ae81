// SPDX-License-Identifier: MIT
/* The one interface with its address, ARP (RFC 826), IPv4 (RFC 791), ICMP echo (RFC 792) and UDP (RFC 768). */
#ifndef HELLO_NETWORK_H
#define HELLO_NETWORK_H

#include <stdbool.h>
#include <stdint.h>

#define BROADCAST_ADDRESS 0xFFFFFFFFu
#define UDP_MAX_PAYLOAD 1472u

/* For console_print: an IPv4 address. */
#define ADDRESS_FORMAT "%lu.%lu.%lu.%lu"
#define ADDRESS_OCTETS(a) ADDRESS_OCTET(a, 24), ADDRESS_OCTET(a, 16), ADDRESS_OCTET(a, 8), ADDRESS_OCTET(a, 0)
#define ADDRESS_OCTET(a, shift) ((uint32_t) (a) >> (shift) & 0xFFu)

enum Protocol {
    PROTOCOL_ICMP = 1,
    PROTOCOL_UDP = 17
};

struct Interface {
    uint8_t mac[6];
    uint32_t address; /* 0 until there is a lease */
    uint32_t mask;
    uint32_t gateway;
};
extern struct Interface interface;

/* A station to send to. */
struct Station {
    uint32_t address;
    uint8_t mac[6];
};
extern const struct Station everyone;

/* What was received, and thrown away because it was malformed. */
struct Malformed {
    uint32_t arp, ipv4, icmp, udp;
};
extern struct Malformed malformed;

/* Serves the network until done() holds, and sleeps meanwhile. False when that took too long. */
bool network_wait(bool (*done)(void), uint32_t milliseconds);

/* Puts the Ethernet header into the current transmit buffer; returns where the payload goes. */
uint8_t *ethernet_header(const uint8_t to[6], uint32_t type);

/* ARP: who has that address? Fails when nobody answers. */
struct Station arp_resolve(uint32_t address);
/* Tells everybody our address (RFC 5227, announcement). */
void arp_announce(void);
void arp_receive(const uint8_t *packet, uint32_t length);

/* Where the payload of the next IPv4 packet goes; sends it with a zero checksum field, which the MAC fills. */
uint8_t *ipv4_payload(void);
void ipv4_send(const struct Station *to, enum Protocol protocol, uint32_t length);
void ipv4_receive(const uint8_t *packet, uint32_t length);

/* Pings the station count times and prints each round trip; fails on a loss. */
void icmp_ping(const struct Station *to, uint32_t count);
void icmp_receive(const struct Station *from, const uint8_t *message, uint32_t length);

uint8_t *udp_payload(void);
void udp_send(const struct Station *to, uint32_t source_port, uint32_t destination_port, uint32_t length);
/* sum: of the pseudo header. */
void udp_receive(const struct Station *from, uint32_t sum, const uint8_t *datagram, uint32_t length);

#endif

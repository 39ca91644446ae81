// SPDX-License-Identifier: MIT
#include "network.h"

#include "ethernet.h"
#include "fail.h"
#include "octets.h"
#include "wire.h"

enum ArpPacket {
    ARP_HARDWARE = 0,
    ARP_PROTOCOL = 2,
    ARP_HARDWARE_SIZE = 4,
    ARP_PROTOCOL_SIZE = 5,
    ARP_OPERATION = 6,
    ARP_SENDER_MAC = 8,
    ARP_SENDER_ADDRESS = 14,
    ARP_TARGET_MAC = 18,
    ARP_TARGET_ADDRESS = 24,
    ARP_SIZE = 28
};

enum {
    HARDWARE_ETHERNET = 1,
    PROTOCOL_IPV4 = 0x0800,
    ETHERTYPE_ARP = 0x0806
};

enum Operation {
    REQUEST = 1,
    REPLY = 2
};

#define ATTEMPTS 4ul
#define ANSWER_MILLISECONDS 1000ul

static struct Station sought;
static bool found;

static void send_arp(const uint8_t to[6], enum Operation operation, const struct Station *target) {
    uint8_t *packet = ethernet_header(to, ETHERTYPE_ARP);
    put16(packet + ARP_HARDWARE, HARDWARE_ETHERNET);
    put16(packet + ARP_PROTOCOL, PROTOCOL_IPV4);
    packet[ARP_HARDWARE_SIZE] = 6;
    packet[ARP_PROTOCOL_SIZE] = 4;
    put16(packet + ARP_OPERATION, (uint32_t) operation);
    memcpy(packet + ARP_SENDER_MAC, interface.mac, 6);
    put32(packet + ARP_SENDER_ADDRESS, interface.address);
    memcpy(packet + ARP_TARGET_MAC, target->mac, 6);
    put32(packet + ARP_TARGET_ADDRESS, target->address);
    ethernet_transmit(14 + ARP_SIZE);
}

static void ask_for(uint32_t address) {
    const struct Station unknown = {.address = address, .mac = {0}};
    send_arp(everyone.mac, REQUEST, &unknown);
}

void arp_announce(void) {
    ask_for(interface.address);
}

static bool is_well_formed(const uint8_t *packet, uint32_t length) {
    return length >= ARP_SIZE && get16(packet + ARP_HARDWARE) == HARDWARE_ETHERNET
        && get16(packet + ARP_PROTOCOL) == PROTOCOL_IPV4 && packet[ARP_HARDWARE_SIZE] == 6
        && packet[ARP_PROTOCOL_SIZE] == 4;
}

static void note_answer(const struct Station *sender) {
    if (!found && sender->address == sought.address) {
        sought = *sender;
        found = true;
    }
}

void arp_receive(const uint8_t *packet, uint32_t length) {
    if (!is_well_formed(packet, length)) {
        malformed.arp++;
        return;
    }
    struct Station sender = {.address = get32(packet + ARP_SENDER_ADDRESS)};
    memcpy(sender.mac, packet + ARP_SENDER_MAC, 6);
    const bool is_for_us = interface.address != 0 && get32(packet + ARP_TARGET_ADDRESS) == interface.address;
    if (is_for_us && get16(packet + ARP_OPERATION) == REQUEST) {
        send_arp(sender.mac, REPLY, &sender);
    } else if (is_for_us) {
        note_answer(&sender);
    }
}

static bool is_found(void) {
    return found;
}

struct Station arp_resolve(uint32_t address) {
    sought.address = address;
    found = false;
    for (uint32_t attempt = 0; attempt < ATTEMPTS; attempt++) {
        ask_for(address);
        if (network_wait(is_found, ANSWER_MILLISECONDS)) {
            return sought;
        }
    }
    fail(FAIL_ARP, "ARP: nobody answers for " ADDRESS_FORMAT " after %lu requests", ADDRESS_OCTETS(address), ATTEMPTS);
}

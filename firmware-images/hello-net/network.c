// SPDX-License-Identifier: MIT
#include "network.h"

#include "ethernet.h"
#include "octets.h"
#include "ticks.h"
#include "wire.h"

enum EthernetHeader {
    ETHERNET_DESTINATION = 0,
    ETHERNET_SOURCE = 6,
    ETHERNET_TYPE = 12,
    ETHERNET_SIZE = 14
};

enum EtherType {
    TYPE_IPV4 = 0x0800,
    TYPE_ARP = 0x0806
};

struct Interface interface = {.mac = {0x02, 0, 0, 0, 0, 0x01}, .address = 0, .mask = 0, .gateway = 0};
const struct Station everyone = {.address = BROADCAST_ADDRESS, .mac = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}};
struct Malformed malformed;

uint8_t *ethernet_header(const uint8_t to[6], uint32_t type) {
    uint8_t *frame = ethernet_transmit_buffer();
    memcpy(frame + ETHERNET_DESTINATION, to, 6);
    memcpy(frame + ETHERNET_SOURCE, interface.mac, 6);
    put16(frame + ETHERNET_TYPE, type);
    return frame + ETHERNET_SIZE;
}

static void receive_frame(const uint8_t *frame, uint32_t length) {
    if (length < ETHERNET_SIZE) {
        return;
    }
    switch (get16(frame + ETHERNET_TYPE)) {
    case TYPE_ARP: arp_receive(frame + ETHERNET_SIZE, length - ETHERNET_SIZE); break;
    case TYPE_IPV4: ipv4_receive(frame + ETHERNET_SIZE, length - ETHERNET_SIZE); break;
    default: break;
    }
}

/* SysTick ends the sleep every millisecond, so the time-out is seen in time. */
bool network_wait(bool (*done)(void), uint32_t milliseconds) {
    const uint32_t start = ticks();
    ethernet_receive(receive_frame);
    while (!done()) {
        if (ticks() - start > milliseconds) {
            return false;
        }
        sleep_unless(ethernet_has_work);
        ethernet_receive(receive_frame);
    }
    return true;
}

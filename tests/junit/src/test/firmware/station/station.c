// SPDX-License-Identifier: MIT
/* A station on the network, made of hello-net's parts: gets an address, prints "ready", answers pings, and answers each datagram to
   UDP port 49152 + n with "got " in front, sent to port n. */
#include "clock.h"
#include "console.h"
#include "dhcp.h"
#include "echo.h"
#include "ethernet.h"
#include "network.h"
#include "octets.h"
#include "startup.h"
#include "stm32f4.h"
#include "ticks.h"

#define GOT "got "
#define GOT_SIZE 4u
#define LONG_TIME 1000000u

EXTERNAL_INTERRUPTS static const Handler external_interrupts[] = {
    [0 ... USART1_IRQn - 1] = Unexpected_Handler,
    [USART1_IRQn] = USART1_IRQHandler,
    [USART1_IRQn + 1 ... ETH_IRQn - 1] = Unexpected_Handler,
    [ETH_IRQn] = ETH_IRQHandler,
    [ETH_IRQn + 1 ... LAST_IRQn] = Unexpected_Handler,
};

volatile uint32_t datagrams;

void echo_receive(const struct Station *from, uint32_t number, const uint8_t *data, uint32_t length) {
    datagrams = datagrams + 1;
    if (length > UDP_MAX_PAYLOAD - GOT_SIZE) {
        return;
    }
    uint8_t *answer = udp_payload();
    memcpy(answer, GOT, GOT_SIZE);
    memcpy(answer + GOT_SIZE, data, length);
    udp_send(from, ECHO_FIRST_PORT + number, number, GOT_SIZE + length);
}

static bool never(void) {
    return false;
}

int main(void) {
    ticks_start();
    console_start();
    clock_start();
    ticks_start();
    console_start();
    microseconds_start();
    ethernet_reset();
    phy_start();
    ethernet_start(interface.mac, phy_wait_for_link());
    dhcp_obtain_lease();
    console_print("ready\r\n");
    for (;;) {
        (void) network_wait(never, LONG_TIME);
    }
}

// SPDX-License-Identifier: MIT
/* hello-net: a DHCP lease, pings and UDP echoes on the board stm32429i-eval, all interrupt driven. */
#include "clock.h"
#include "console.h"
#include "dhcp.h"
#include "echo.h"
#include "ethernet.h"
#include "network.h"
#include "startup.h"
#include "stm32f4.h"
#include "ticks.h"

#define PINGS 5u
#define ECHOES 1000u

EXTERNAL_INTERRUPTS static const Handler external_interrupts[] = {
    [0 ... USART1_IRQn - 1] = Unexpected_Handler,
    [USART1_IRQn] = USART1_IRQHandler,
    [USART1_IRQn + 1 ... ETH_IRQn - 1] = Unexpected_Handler,
    [ETH_IRQn] = ETH_IRQHandler,
    [ETH_IRQn + 1 ... LAST_IRQn] = Unexpected_Handler,
};

/* At first on the internal oscillator, so that a failure of the clocks can be told. */
static void start_board(void) {
    ticks_start();
    console_start();
    clock_start();
    ticks_start();
    console_start();
    microseconds_start();
    console_print("picorn hello-net on STM32F429, %lu MHz\r\n", clock_hclk() / 1000000);
}

static void start_ethernet(void) {
    ethernet_reset();
    phy_start();
    console_print("PHY %08lx at MDIO address 1\r\n", phy_identifier());
    const struct Link link = phy_wait_for_link();
    ethernet_start(interface.mac, link);
    console_print("link up %s Mbit/s %s duplex\r\n", link.hundred_mbit ? "100" : "10",
        link.full_duplex ? "full" : "half");
}

static uint32_t prefix_length(uint32_t mask) {
    uint32_t length = 0;
    for (; (mask & 0x80000000u) != 0; mask <<= 1) {
        length++;
    }
    return length;
}

static void obtain_address(void) {
    dhcp_obtain_lease();
    console_print("lease " ADDRESS_FORMAT "/%lu gateway " ADDRESS_FORMAT "\r\n", ADDRESS_OCTETS(interface.address),
        prefix_length(interface.mask), ADDRESS_OCTETS(interface.gateway));
    arp_announce();
}

static struct Station find_gateway(void) {
    const struct Station gateway = arp_resolve(interface.gateway);
    console_print("gateway is at");
    for (uint32_t i = 0; i < sizeof gateway.mac; i++) {
        console_print("%c%02lx", i == 0 ? ' ' : ':', (uint32_t) gateway.mac[i]);
    }
    console_print("\r\n");
    return gateway;
}

static void run_echo(const struct Station *to) {
    const struct EchoResult echo = echo_run(to, ECHOES);
    console_print("echo %lu datagrams, %lu octets, all intact", echo.datagrams, echo.octets);
    if (echo.resent != 0) {
        console_print(", %lu sent again", echo.resent);
    }
    console_print("\r\n");
}

static void print_counts(void) {
    const struct EthernetCounts counts = ethernet_counts();
    const uint32_t bad = malformed.arp + malformed.ipv4 + malformed.icmp + malformed.udp;
    console_print("frames: %lu sent, %lu with errors; ", counts.transmitted, counts.transmit_errors);
    console_print("%lu received, %lu with errors, %lu malformed; ", counts.received, counts.receive_errors, bad);
    console_print("%lu receive stalls\r\n", counts.receive_stalls);
}

int main(void) {
    start_board();
    start_ethernet();
    obtain_address();
    const struct Station gateway = find_gateway();
    icmp_ping(&gateway, PINGS);
    run_echo(&gateway);
    print_counts();
    console_print("done\r\n");
    console_flush();
    return 0;
}

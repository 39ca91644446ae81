// SPDX-License-Identifier: MIT
/* The Ethernet MAC with its DMA (RM0090, chapter 33): enhanced descriptors, chained; MII. */
#ifndef HELLO_ETHERNET_H
#define HELLO_ETHERNET_H

#include "phy.h"

#include <stdbool.h>
#include <stdint.h>

/* The longest frame without its FCS. */
#define ETHERNET_MAX_FRAME 1514u

struct EthernetCounts {
    uint32_t received, receive_errors, receive_stalls;
    uint32_t transmitted, transmit_errors;
};

typedef void (*FrameHandler)(const uint8_t *frame, uint32_t length);

/* Pins, clocks and a reset of the DMA; MDIO works afterwards. */
void ethernet_reset(void);

/* Sets the filter to this MAC address and lets frames through at the link's speed. */
void ethernet_start(const uint8_t mac[6], struct Link link);

/* Whether ethernet_receive has something to do. */
bool ethernet_has_work(void);

/* Hands each received frame, without its FCS, to the handler; the frame is gone when that returns. */
void ethernet_receive(FrameHandler handler);

/* A free buffer for the next frame to send. Waits for one when all are on their way. */
uint8_t *ethernet_transmit_buffer(void);

/* Sends that buffer; the MAC pads it, appends the FCS, and inserts all checksums whose fields are 0. */
void ethernet_transmit(uint32_t length);

struct EthernetCounts ethernet_counts(void);

void ETH_IRQHandler(void);

#endif

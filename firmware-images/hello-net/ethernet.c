// SPDX-License-Identifier: MIT
#include "ethernet.h"

#include "armv7m.h"
#include "fail.h"
#include "pins.h"
#include "stm32f4.h"
#include "ticks.h"

#define DESCRIPTORS 4u
#define BUFFER_SIZE 1536u /* a whole frame with FCS and VLAN tag, in whole words */
#define HEADROOM 2u       /* before the 14 octets of the Ethernet header: what comes after them lies at whole words */
#define FCS_SIZE 4u
#define TRANSMIT_MILLISECONDS 100ul

static struct EthernetDescriptor receive_descriptors[DESCRIPTORS] __attribute__((aligned(32)));
static struct EthernetDescriptor transmit_descriptors[DESCRIPTORS] __attribute__((aligned(32)));
static uint8_t receive_buffers[DESCRIPTORS][BUFFER_SIZE] __attribute__((aligned(32)));
static uint8_t transmit_buffers[DESCRIPTORS][BUFFER_SIZE] __attribute__((aligned(32)));

/* Free-running counts; the descriptor is the count modulo their number. */
static uint32_t received;                 /* moved by the thread */
static volatile uint32_t transmit_queued; /* moved by the thread */
static volatile uint32_t transmit_ended;  /* moved by the interrupt */

static volatile bool receive_stalled; /* the DMA found no descriptor of its own: RBUS */
static volatile bool bus_error;       /* FBES */
static volatile struct EthernetCounts counts;

/* MII on the MB1063 board; CRS and COL, which share SDRAM's pins there, do not matter in full duplex. */
static const struct Pin pins[] = {
    {'A', 1, 11},  /* MII_RX_CLK */
    {'A', 2, 11},  /* MDIO */
    {'A', 7, 11},  /* MII_RX_DV */
    {'C', 1, 11},  /* MDC */
    {'C', 2, 11},  /* MII_TXD2 */
    {'C', 3, 11},  /* MII_TX_CLK */
    {'C', 4, 11},  /* MII_RXD0 */
    {'C', 5, 11},  /* MII_RXD1 */
    {'E', 2, 11},  /* MII_TXD3 */
    {'G', 11, 11}, /* MII_TX_EN */
    {'G', 13, 11}, /* MII_TXD0 */
    {'G', 14, 11}, /* MII_TXD1 */
    {'H', 6, 11},  /* MII_RXD2 */
    {'H', 7, 11},  /* MII_RXD3 */
    {'I', 10, 11}, /* MII_RX_ER */
};

static uint32_t bus_address(const volatile void *at) {
    return (uint32_t) (uintptr_t) at;
}

/* The PHY interface is chosen while the MAC is in reset and before its clocks are on. */
static void select_mii(void) {
    RCC->APB2ENR |= RCC_APB2ENR_SYSCFGEN;
    (void) RCC->APB2ENR;
    RCC->AHB1RSTR |= RCC_AHB1RSTR_ETHMACRST;
    SYSCFG->PMC &= ~SYSCFG_PMC_MII_RMII_SEL;
    RCC->AHB1ENR |= RCC_AHB1ENR_ETHMACEN | RCC_AHB1ENR_ETHMACTXEN | RCC_AHB1ENR_ETHMACRXEN;
    (void) RCC->AHB1ENR;
    RCC->AHB1RSTR &= ~RCC_AHB1RSTR_ETHMACRST;
    (void) RCC->AHB1RSTR;
}

void ethernet_reset(void) {
    pins_configure(pins, sizeof pins / sizeof pins[0]);
    select_mii();
    ETH_DMA->DMABMR |= ETH_DMABMR_SR;
    require_bits(&ETH_DMA->DMABMR, ETH_DMABMR_SR, 0, 500, "ETH_DMABMR.SR");
}

static void set_address(const uint8_t mac[6]) {
    ETH_MAC->MACA0HR = (uint32_t) mac[5] << 8 | mac[4];
    ETH_MAC->MACA0LR = (uint32_t) mac[3] << 24 | (uint32_t) mac[2] << 16 | (uint32_t) mac[1] << 8 | mac[0];
}

/* With nothing set in MACFFR, frames to the own address and to all pass; others and multicast do not. */
static void configure_filter(const uint8_t mac[6]) {
    ETH_MAC->MACFFR = 0;
    set_address(mac);
}

/* Store and forward both ways: checksum insertion needs the whole frame in the FIFO. */
static void configure_dma(void) {
    ETH_DMA->DMABMR = ETH_DMABMR_AAB | ETH_DMABMR_USP | ETH_DMABMR_FB | ETH_DMABMR_RDP(32u) | ETH_DMABMR_PBL(32u)
        | ETH_DMABMR_EDFE;
    ETH_DMA->DMAOMR = ETH_DMAOMR_RSF | ETH_DMAOMR_TSF | ETH_DMAOMR_OSF;
    ETH_DMA->DMARDLAR = bus_address(receive_descriptors);
    ETH_DMA->DMATDLAR = bus_address(transmit_descriptors);
    ETH_DMA->DMASR = ETH_DMA->DMASR;
    ETH_DMA->DMAIER = ETH_DMAIER_NISE | ETH_DMAIER_RIE | ETH_DMAIER_TIE | ETH_DMAIER_AISE | ETH_DMAIER_RBUIE
        | ETH_DMAIER_FBEIE;
}

static void chain_descriptors(void) {
    for (uint32_t i = 0; i < DESCRIPTORS; i++) {
        struct EthernetDescriptor *rx = &receive_descriptors[i];
        struct EthernetDescriptor *tx = &transmit_descriptors[i];
        rx->DES1 = RDES1_RCH | (BUFFER_SIZE - 4u); /* a multiple of 4 */
        rx->DES2 = bus_address(receive_buffers[i] + HEADROOM);
        rx->DES3 = bus_address(&receive_descriptors[(i + 1) % DESCRIPTORS]);
        rx->DES0 = RDES0_OWN;
        tx->DES0 = TDES0_TCH;
        tx->DES2 = bus_address(transmit_buffers[i] + HEADROOM);
        tx->DES3 = bus_address(&transmit_descriptors[(i + 1) % DESCRIPTORS]);
    }
    dsb();
}

/* MACCR is written once: it lies in the PHY's clock domain, where a second write too soon may be lost. */
static void enable_mac(struct Link link) {
    uint32_t maccr = ETH_MAC->MACCR & ~(ETH_MACCR_FES | ETH_MACCR_DM);
    maccr |= link.hundred_mbit ? ETH_MACCR_FES : 0;
    maccr |= link.full_duplex ? ETH_MACCR_DM : 0;
    ETH_MAC->MACCR = maccr | ETH_MACCR_TE | ETH_MACCR_RE;
}

static void enable_dma(void) {
    ETH_DMA->DMAOMR |= ETH_DMAOMR_FTF;
    require_bits(&ETH_DMA->DMAOMR, ETH_DMAOMR_FTF, 0, 100, "ETH_DMAOMR.FTF");
    ETH_DMA->DMAOMR |= ETH_DMAOMR_ST | ETH_DMAOMR_SR;
}

void ethernet_start(const uint8_t mac[6], struct Link link) {
    chain_descriptors();
    configure_dma();
    configure_filter(mac);
    nvic_set_priority(ETH_IRQn, 4);
    nvic_enable(ETH_IRQn);
    enable_mac(link);
    enable_dma();
}

static struct EthernetDescriptor *next_received(void) {
    return &receive_descriptors[received % DESCRIPTORS];
}

static bool frame_waiting(void) {
    return (next_received()->DES0 & RDES0_OWN) == 0;
}

bool ethernet_has_work(void) {
    return frame_waiting() || receive_stalled || bus_error;
}

/* A good frame ends in the descriptor in which it began, for each buffer holds the longest. */
static bool is_whole(uint32_t rdes0) {
    const uint32_t whole = RDES0_FS | RDES0_LS;
    return (rdes0 & (whole | RDES0_ES)) == whole && (rdes0 >> RDES0_FL_SHIFT & RDES0_FL) > FCS_SIZE;
}

static void take_frame(FrameHandler handler) {
    struct EthernetDescriptor *descriptor = next_received();
    const uint32_t rdes0 = descriptor->DES0;
    dmb();
    if (is_whole(rdes0)) {
        counts.received = counts.received + 1;
        handler(receive_buffers[received % DESCRIPTORS] + HEADROOM, (rdes0 >> RDES0_FL_SHIFT & RDES0_FL) - FCS_SIZE);
    } else {
        counts.receive_errors = counts.receive_errors + 1;
    }
    dmb();
    descriptor->DES0 = RDES0_OWN;
    received++;
}

/* Every descriptor is the DMA's again: it may look once more. The flag falls first, for it may rise at once. */
static void resume_receiving(void) {
    receive_stalled = false;
    dsb();
    ETH_DMA->DMARPDR = 1;
}

void ethernet_receive(FrameHandler handler) {
    if (bus_error) {
        fail(FAIL_HARDWARE, "Ethernet DMA: fatal bus error, DMASR %08lx", ETH_DMA->DMASR);
    }
    while (frame_waiting()) {
        take_frame(handler);
    }
    if (receive_stalled) {
        resume_receiving();
    }
}

static bool transmit_has_room(void) {
    return transmit_queued - transmit_ended < DESCRIPTORS;
}

uint8_t *ethernet_transmit_buffer(void) {
    const uint32_t start = ticks();
    while (!transmit_has_room()) {
        if (ticks() - start > TRANSMIT_MILLISECONDS) {
            fail(FAIL_HARDWARE, "Ethernet DMA: no frame left within %lu ms, DMASR %08lx TDES0 %08lx",
                TRANSMIT_MILLISECONDS, ETH_DMA->DMASR, transmit_descriptors[transmit_queued % DESCRIPTORS].DES0);
        }
        sleep_unless(transmit_has_room);
    }
    return transmit_buffers[transmit_queued % DESCRIPTORS] + HEADROOM;
}

/* OWN is written last. The handler sees it and the count change as one; the DMA sees it before it is told to look. */
void ethernet_transmit(uint32_t length) {
    struct EthernetDescriptor *descriptor = &transmit_descriptors[transmit_queued % DESCRIPTORS];
    descriptor->DES1 = length;
    dmb();
    disable_interrupts();
    descriptor->DES0 = TDES0_OWN | TDES0_IC | TDES0_LS | TDES0_FS | TDES0_CIC_FULL | TDES0_TCH;
    transmit_queued = transmit_queued + 1;
    enable_interrupts();
    dsb();
    ETH_DMA->DMATPDR = 1;
}

static void end_transmitted(void) {
    while (transmit_ended != transmit_queued) {
        const uint32_t tdes0 = transmit_descriptors[transmit_ended % DESCRIPTORS].DES0;
        if ((tdes0 & TDES0_OWN) != 0) {
            return;
        }
        counts.transmitted = counts.transmitted + 1;
        counts.transmit_errors = counts.transmit_errors + ((tdes0 & TDES0_ES) != 0 ? 1 : 0);
        transmit_ended = transmit_ended + 1;
    }
}

#define HANDLED (ETH_DMASR_NIS | ETH_DMASR_TS | ETH_DMASR_RS | ETH_DMASR_AIS | ETH_DMASR_RBUS | ETH_DMASR_FBES)

/* Status bits are cleared before the descriptors are read: what ends in between interrupts again. */
void ETH_IRQHandler(void) {
    const uint32_t status = ETH_DMA->DMASR;
    ETH_DMA->DMASR = status & HANDLED;
    (void) ETH_DMA->DMASR;
    if ((status & ETH_DMASR_TS) != 0) {
        end_transmitted();
    }
    if ((status & ETH_DMASR_RBUS) != 0) {
        counts.receive_stalls = counts.receive_stalls + 1;
        receive_stalled = true;
    }
    if ((status & ETH_DMASR_FBES) != 0) {
        bus_error = true;
    }
}

struct EthernetCounts ethernet_counts(void) {
    return counts;
}

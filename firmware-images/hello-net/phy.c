// SPDX-License-Identifier: MIT
#include "phy.h"

#include "fail.h"
#include "stm32f4.h"
#include "ticks.h"

#define PHY_ADDRESS 1ul

enum PhyRegister {
    BMCR = 0,
    BMSR = 1,
    PHYIDR1 = 2,
    PHYIDR2 = 3,
    ANAR = 4,
    ANLPAR = 5
};

#define BMCR_RESET (1u << 15)
#define BMCR_ANENABLE (1u << 12)
#define BMCR_ANRESTART (1u << 9)
#define BMSR_LINK (1u << 2)
#define BMSR_ANCOMPLETE (1u << 5)
#define ANAR_10_HALF (1u << 5)
#define ANAR_10_FULL (1u << 6)
#define ANAR_100_HALF (1u << 7)
#define ANAR_100_FULL (1u << 8)

#define RESET_MILLISECONDS 500ul
#define LINK_MILLISECONDS 5000ul
#define POLL_MILLISECONDS 10u /* a look takes 50 us of the core's time, which waits for MDIO */

/* MDC is HCLK / 102, which suits 150 to 168 MHz: under 2.5 MHz. */
static uint32_t mdio_command(enum PhyRegister reg) {
    return PHY_ADDRESS << ETH_MACMIIAR_PA_SHIFT | (uint32_t) reg << ETH_MACMIIAR_MR_SHIFT | ETH_MACMIIAR_CR_DIV102
        | ETH_MACMIIAR_MB;
}

static void mdio_wait(void) {
    require_bits(&ETH_MAC->MACMIIAR, ETH_MACMIIAR_MB, 0, 10, "ETH_MACMIIAR.MB");
}

static uint32_t mdio_read(enum PhyRegister reg) {
    mdio_wait();
    ETH_MAC->MACMIIAR = mdio_command(reg);
    mdio_wait();
    return ETH_MAC->MACMIIDR & 0xFFFFu;
}

static void mdio_write(enum PhyRegister reg, uint32_t value) {
    mdio_wait();
    ETH_MAC->MACMIIDR = value;
    ETH_MAC->MACMIIAR = mdio_command(reg) | ETH_MACMIIAR_MW;
    mdio_wait();
}

uint32_t phy_identifier(void) {
    return mdio_read(PHYIDR1) << 16 | mdio_read(PHYIDR2);
}

void phy_start(void) {
    mdio_write(BMCR, BMCR_RESET);
    const uint32_t start = ticks();
    while ((mdio_read(BMCR) & BMCR_RESET) != 0) {
        if (ticks() - start > RESET_MILLISECONDS) {
            fail(FAIL_LINK, "PHY at address %lu: still in reset after %lu ms", PHY_ADDRESS, RESET_MILLISECONDS);
        }
        sleep_for(POLL_MILLISECONDS);
    }
    mdio_write(BMCR, BMCR_ANENABLE | BMCR_ANRESTART);
}

/* Link status latches low: the first read may tell of the past. */
static uint32_t read_status(void) {
    (void) mdio_read(BMSR);
    return mdio_read(BMSR);
}

/* Clause 28B.3: the best of what both ends can do. */
static struct Link resolve(void) {
    const uint32_t common = mdio_read(ANAR) & mdio_read(ANLPAR);
    if ((common & ANAR_100_FULL) != 0) {
        return (struct Link){.hundred_mbit = true, .full_duplex = true};
    }
    if ((common & ANAR_100_HALF) != 0) {
        return (struct Link){.hundred_mbit = true, .full_duplex = false};
    }
    if ((common & ANAR_10_FULL) != 0) {
        return (struct Link){.hundred_mbit = false, .full_duplex = true};
    }
    if ((common & ANAR_10_HALF) != 0) {
        return (struct Link){.hundred_mbit = false, .full_duplex = false};
    }
    fail(FAIL_LINK, "PHY: nothing in common with its partner: ANAR %04lx ANLPAR %04lx", mdio_read(ANAR),
        mdio_read(ANLPAR));
}

struct Link phy_wait_for_link(void) {
    const uint32_t wanted = BMSR_LINK | BMSR_ANCOMPLETE;
    const uint32_t start = ticks();
    uint32_t status = read_status();
    while ((status & wanted) != wanted) {
        if (ticks() - start > LINK_MILLISECONDS) {
            fail(FAIL_LINK, "no link after %lu ms: BMSR %04lx", LINK_MILLISECONDS, status);
        }
        sleep_for(POLL_MILLISECONDS);
        status = read_status();
    }
    return resolve();
}

// SPDX-License-Identifier: MIT
/* An Ethernet PHY over MDIO (RM0090, 33.4.1), by the standard registers of IEEE 802.3 clause 22 alone. */
#ifndef HELLO_PHY_H
#define HELLO_PHY_H

#include <stdbool.h>
#include <stdint.h>

struct Link {
    bool hundred_mbit;
    bool full_duplex;
};

/* Resets the PHY. The MAC's clock must be on. */
void phy_start(void);

/* OUI, model and revision: registers 2 and 3. */
uint32_t phy_identifier(void);

/* Waits for the link and auto-negotiation; fails after some seconds. */
struct Link phy_wait_for_link(void);

#endif

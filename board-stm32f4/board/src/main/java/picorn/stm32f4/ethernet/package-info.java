// SPDX-License-Identifier: MIT
/** The Ethernet MAC, its DMA and an MII PHY (RM0090, chapter 33). */
package picorn.stm32f4.ethernet;

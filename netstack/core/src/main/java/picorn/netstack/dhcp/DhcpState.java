// SPDX-License-Identifier: MIT
package picorn.netstack.dhcp;

/** The states of a DHCP client (RFC 2131, figure 5). */
public enum DhcpState {
    /** It has no address and asks for none. */
    STOPPED,
    /** It has no address and waits before it asks for one. */
    INIT,
    /** It has asked which servers there are. */
    SELECTING,
    /** It has asked one of them for the address that was offered. */
    REQUESTING,
    /** It has asked for the address that it had before. */
    REBOOTING,
    /** It has been given an address and sees whether another host uses it (RFC 5227). */
    PROBING,
    /** It has an address. */
    BOUND,
    /** It has asked its server to renew the lease. */
    RENEWING,
    /** It has asked any server to do so. */
    REBINDING
}

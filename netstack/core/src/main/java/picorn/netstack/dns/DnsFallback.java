// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import picorn.netstack.address.IpAddress;

/** What is done when a server's answer does not fit into a datagram. */
@FunctionalInterface
interface DnsFallback {
    /** Gets the whole answer for an exchange, or lets it know that there is none. */
    void ask(DnsExchange exchange, IpAddress server);
}

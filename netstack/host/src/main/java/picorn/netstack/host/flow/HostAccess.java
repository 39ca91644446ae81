// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

/**
 * What the guest may reach through this host. Names, by the gateway's DNS service, and forwarded ports always work.
 *
 * @param others whether it may reach other hosts
 * @param loopback whether it may reach this host's 127.0.0.1, as the gateway's address
 */
public record HostAccess(Others others, Loopback loopback) {
    /** Other hosts, but nothing of this one. */
    public static final HostAccess OUTSIDE = new HostAccess(Others.REACHED, Loopback.HIDDEN);

    /** Whether other hosts are reached. */
    public enum Others {
        /** By any TCP connection and datagram. */
        REACHED,
        /** Not at all. */
        RESTRICTED
    }

    /** Whether this host's loopback is reached. */
    public enum Loopback {
        /** Not at all. */
        HIDDEN,
        /** As the gateway's address, at all ports but the gateway's own. */
        BEHIND_GATEWAY
    }
}

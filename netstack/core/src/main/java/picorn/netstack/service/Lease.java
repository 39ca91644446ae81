// SPDX-License-Identifier: MIT
package picorn.netstack.service;

import picorn.netstack.address.Ipv4Address;

/** An address of a DHCP server's pool, and whose it is until when; past that it stays the owner's until another needs it. */
final class Lease {
    private final Ipv4Address address;
    private ClientId owner = ClientId.NOBODY;
    private long until;
    private boolean bound;

    Lease(Ipv4Address address) {
        this.address = address;
    }

    Ipv4Address address() {
        return address;
    }

    long until() {
        return until;
    }

    boolean belongsTo(ClientId client) {
        return owner.equals(client);
    }

    boolean isAvailable(long now) {
        return now >= until;
    }

    boolean isBound(long now) {
        return bound && now < until;
    }

    void offer(ClientId client, long until) {
        owner = client;
        this.until = Math.max(bound ? this.until : 0, until);
    }

    void bind(ClientId client, long until) {
        owner = client;
        this.until = until;
        bound = true;
    }

    /** Makes it available to others; the client gets it again if it comes back before one of them. */
    void release(long now) {
        until = Math.min(until, now);
        bound = false;
    }

    /** Keeps it from everybody: somebody uses it without having asked. */
    void decline(long until) {
        owner = ClientId.NOBODY;
        this.until = until;
        bound = false;
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.address.AddressPair;
import picorn.netstack.context.Timed;
import picorn.netstack.ip.IpError;

/** What segments are delivered to by their addresses and ports, and what a timer wakes: a connection, or what stands for one. */
abstract class Flow {
    /** Octets of these fields and the object's header. */
    static final int MEMORY = 104;

    static final int NOT_QUEUED = -1;

    /** Source is this side, destination the peer. */
    final AddressPair addresses = new AddressPair();

    int localPort;
    int remotePort;
    /** The keyed hash of the above. */
    int hash;
    /** Its place in the timer queue. */
    int timerIndex = NOT_QUEUED;
    /** When the timer queue looks at it, at or before {@link #deadline()}. */
    long wakeAt = Timed.NEVER;
    /** Whether its user is to be told of a change at the end of the call. */
    boolean changed;

    final void addressedLike(Flow other) {
        addresses.set(other.addresses);
        localPort = other.localPort;
        remotePort = other.remotePort;
    }

    final boolean isAddressedLike(Flow other) {
        return remotePort == other.remotePort && localPort == other.localPort && addresses.isEqual(other.addresses);
    }

    /** Takes an ICMP error about one of its segments; false if it was not one. */
    boolean error(IpError error) {
        return false;
    }

    /** Tells the user of a change. */
    void tellUser() {}

    /** When it wants to be woken. */
    abstract long deadline();

    /** Does what is due. */
    abstract void wake(long now);

    /** Takes a segment for these addresses and ports. */
    abstract void arrives(Segment segment);
}

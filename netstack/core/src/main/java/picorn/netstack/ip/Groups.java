// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.address.Ipv4Address;
import picorn.netstack.octets.Octets;

/** The multicast groups that a stack is in. */
public interface Groups {
    /** In none. */
    Groups NONE = new Groups() {};

    /**
     * Whether packets of a source to a group are wanted at an interface.
     *
     * @param from the interface
     * @param group bits of the group's address
     * @param source bits of the sender's address
     * @return true if some socket wants them
     */
    default boolean accepts(NetworkInterface from, int group, int source) {
        return false;
    }

    /**
     * Sees what this host sends, for its own sockets may be in the group that it goes to (RFC 1112, section 6.1).
     *
     * @param packet a packet before it is cut up, lent for the time of the call
     * @param by the interface
     */
    default void sent(Octets packet, NetworkInterface by) {}

    /**
     * Joins a group for one socket.
     *
     * @param at the interface
     * @param group the group's address
     * @return the membership, which takes every source until it is told otherwise; to be closed by the caller
     * @throws IllegalStateException if this stack has no IGMP
     * @throws IllegalArgumentException if the address is not a group's
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    default Membership join(NetworkInterface at, Ipv4Address group) {
        throw new IllegalStateException("this stack cannot join " + group + "; join Igmp to its modules");
    }
}

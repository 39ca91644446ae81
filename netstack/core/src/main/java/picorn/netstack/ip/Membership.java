// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import java.util.List;
import picorn.netstack.address.Ipv4Address;

/** One socket's place in a multicast group, with its source filter (RFC 3376, section 2). */
public interface Membership extends AutoCloseable {
    /**
     * Takes packets of given sources only.
     *
     * @param sources hosts' addresses
     */
    void include(List<Ipv4Address> sources);

    /**
     * Takes packets of all sources but these.
     *
     * @param sources hosts' addresses; none after joining
     */
    void exclude(List<Ipv4Address> sources);

    /**
     * Whether this socket wants packets of a source to a group.
     *
     * @param from the interface that they came in by
     * @param group bits of the group's address
     * @param source bits of the sender's address
     * @return true if it does
     */
    boolean accepts(NetworkInterface from, int group, int source);

    /** Leaves the group. */
    @Override
    void close();
}

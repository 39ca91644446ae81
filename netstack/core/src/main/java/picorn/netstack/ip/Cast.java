// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

/** To how many a packet goes. */
public enum Cast {
    /** To one host. */
    UNICAST,
    /** To one other host, for which this one answers: see {@link Interception}. */
    FOREIGN,
    /** To the hosts of a multicast group. */
    MULTICAST,
    /** To every host of a network. */
    BROADCAST,
    /** To other hosts, or a group that this one is not in. */
    OTHERS
}

// SPDX-License-Identifier: MIT
package picorn.netstack.ethernet;

import picorn.netstack.octets.Drop;

/** Why Ethernet drops frames. */
public final class EthernetDrop {
    /** A frame shorter than an Ethernet header. */
    public static final Drop TRUNCATED = new Drop("ethernet.truncated");

    /** A frame longer than the link's MTU allows. */
    public static final Drop OVERSIZE = new Drop("ethernet.oversize");

    /** A frame whose sender is a group address. */
    public static final Drop BAD_SOURCE = new Drop("ethernet.bad-source");

    /** A frame for another station, or a group that has not been joined. */
    public static final Drop NOT_FOR_US = new Drop("ethernet.not-for-us");

    /** A frame of a type that the stack does not speak. */
    public static final Drop TYPE_UNKNOWN = new Drop("ethernet.type-unknown");

    private EthernetDrop() {}
}

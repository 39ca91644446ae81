// SPDX-License-Identifier: MIT
package picorn.netstack.ethernet;

import picorn.netstack.octets.Drop;

/** Why tagged frames are dropped. */
public final class VlanDrop {
    /** A tagged frame that ends before the type of what it carries. */
    public static final Drop TRUNCATED = new Drop("vlan.truncated");

    /** A frame of a VLAN that the station has no interface to. */
    public static final Drop UNKNOWN = new Drop("vlan.unknown");

    private VlanDrop() {}
}

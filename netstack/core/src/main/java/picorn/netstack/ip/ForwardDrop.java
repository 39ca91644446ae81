// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.octets.Drop;

/** Why packets to others are not forwarded. */
public final class ForwardDrop {
    /** A packet to be forwarded that has passed as many routers as it may. */
    public static final Drop HOPS_EXCEEDED = new Drop("ipv4.hops-exceeded");

    /** A packet to be forwarded to where no route leads. */
    public static final Drop NO_ROUTE = new Drop("ipv4.no-route");

    private ForwardDrop() {}
}

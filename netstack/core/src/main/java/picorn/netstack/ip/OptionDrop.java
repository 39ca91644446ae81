// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.octets.Drop;

/** Why packets are dropped for their options. */
public final class OptionDrop {
    /** A header option that runs over its header, or has a length or pointer that it cannot have. */
    public static final Drop BAD_OPTION = new Drop("ipv4.bad-option");

    /** A packet with a source route (RFC 791), which nobody follows. */
    public static final Drop SOURCE_ROUTE = new Drop("ipv4.source-route");

    private OptionDrop() {}
}

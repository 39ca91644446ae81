// SPDX-License-Identifier: MIT
package picorn.netstack.dhcp;

import picorn.netstack.octets.Drop;

/** Why DHCP drops messages. */
public final class DhcpDrop {
    /** Shorter than a DHCP message. */
    public static final Drop TRUNCATED = new Drop("dhcp.truncated");

    /** Not DHCP: another operation, hardware, or no magic cookie. */
    public static final Drop BAD_FORMAT = new Drop("dhcp.bad-format");

    /** An option that runs over its area, or has a length that its meaning does not allow. */
    public static final Drop BAD_OPTION = new Drop("dhcp.bad-option");

    /** A message by a relay agent, which this server does not serve. */
    public static final Drop RELAYED = new Drop("dhcp.relayed");

    /** A message that calls for no answer of this server. */
    public static final Drop IGNORED = new Drop("dhcp.ignored");

    /** All addresses are taken. */
    public static final Drop POOL_EMPTY = new Drop("dhcp.pool-empty");

    private DhcpDrop() {}
}

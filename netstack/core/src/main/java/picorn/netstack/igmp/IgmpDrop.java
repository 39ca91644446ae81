// SPDX-License-Identifier: MIT
package picorn.netstack.igmp;

import picorn.netstack.octets.Drop;

/** Why IGMP drops packets. */
public final class IgmpDrop {
    /** A packet shorter than an IGMP message. */
    public static final Drop TRUNCATED = new Drop("igmp.truncated");

    /** The IGMP checksum is wrong. */
    public static final Drop BAD_CHECKSUM = new Drop("igmp.bad-checksum");

    /** An IGMP message of a type that a host does not heed, or a query that its rules do not allow. */
    public static final Drop IGNORED = new Drop("igmp.ignored");

    private IgmpDrop() {}
}

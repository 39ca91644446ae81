// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import picorn.netstack.octets.Drop;

/** Why the DNS client drops messages. */
public final class DnsDrop {
    /** A DNS message that ends before its last field. */
    public static final Drop TRUNCATED = new Drop("dns.truncated");

    /** A DNS name that is too long, or whose pointers do not lead back. */
    public static final Drop BAD_NAME = new Drop("dns.bad-name");

    /** A DNS record whose data is not as long as it says. */
    public static final Drop BAD_FORMAT = new Drop("dns.bad-format");

    /** A DNS message that answers no question of ours, or comes from elsewhere than whom we asked. */
    public static final Drop UNEXPECTED = new Drop("dns.unexpected");

    private DnsDrop() {}
}

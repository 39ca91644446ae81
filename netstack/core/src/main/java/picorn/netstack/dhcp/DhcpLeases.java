// SPDX-License-Identifier: MIT
package picorn.netstack.dhcp;

import java.util.Optional;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.context.Timed;

/** Reads a lease out of a server's message (RFC 2131, sections 4.3.1 and 4.4.5). */
final class DhcpLeases {
    private static final long SECOND = 1_000_000_000L;
    private static final long FOREVER = 0xFFFF_FFFFL;

    private DhcpLeases() {}

    /** The lease of an ACK; nothing if the message lacks what a lease needs. */
    static Optional<DhcpLease> of(DhcpMessage ack, long askedAt) {
        DhcpOptions options = ack.options();
        long seconds = options.number(DhcpOption.LEASE_TIME).orElse(0);
        Optional<Ipv4Address> server = options.address(DhcpOption.SERVER_IDENTIFIER);
        if (seconds == 0 || server.isEmpty() || !Ipv4Address.isHost(ack.yiaddr().bits())) {
            return Optional.empty();
        }
        long rebind = before(seconds, options.number(DhcpOption.REBINDING_TIME).orElse(0), seconds / 8 * 7);
        long renew = before(rebind, options.number(DhcpOption.RENEWAL_TIME).orElse(0), seconds / 2);
        return Optional.of(new DhcpLease(
                new Ipv4Prefix(ack.yiaddr(), prefixLength(options)),
                DhcpSettings.of(options),
                server.get(),
                time(askedAt, seconds == FOREVER ? FOREVER : renew),
                time(askedAt, seconds == FOREVER ? FOREVER : rebind),
                time(askedAt, seconds)));
    }

    private static long before(long limit, long said, long usual) {
        return said > 0 && said < limit ? said : Math.min(usual, limit);
    }

    private static long time(long from, long seconds) {
        return seconds == FOREVER ? Timed.NEVER : from + seconds * SECOND;
    }

    private static int prefixLength(DhcpOptions options) {
        return options.address(DhcpOption.SUBNET_MASK)
                .map(mask -> Integer.numberOfLeadingZeros(~mask.bits()))
                .orElse(24);
    }
}

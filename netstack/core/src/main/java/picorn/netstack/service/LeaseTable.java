// SPDX-License-Identifier: MIT
package picorn.netstack.service;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picorn.netstack.address.Ipv4Address;

/** The pool of a DHCP server: one lease for each address, made beforehand. */
final class LeaseTable {
    /** A lease with the longest client identifier. */
    static final int LEASE_OCTETS = 384;

    private final List<Lease> leases;

    LeaseTable(Ipv4Address first, int count) {
        leases = IntStream.range(0, count)
                .mapToObj(i -> new Lease(new Ipv4Address(first.bits() + i)))
                .toList();
    }

    /** The address that a client has, was offered, or had last. */
    Optional<Lease> of(ClientId client) {
        return leases.stream().filter(lease -> lease.belongsTo(client)).findFirst();
    }

    /** An address for a client: its own, else the one it wishes for, else that which is unused for longest. */
    Optional<Lease> choose(ClientId client, Optional<Ipv4Address> wish, long now) {
        return of(client)
                .or(() -> available(now)
                        .filter(lease -> wish.equals(Optional.of(lease.address())))
                        .findFirst())
                .or(() -> available(now).min(Comparator.comparingLong(Lease::until)));
    }

    long bound(long now) {
        return leases.stream().filter(lease -> lease.isBound(now)).count();
    }

    private Stream<Lease> available(long now) {
        return leases.stream().filter(lease -> lease.isAvailable(now));
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

/** Knows the largest packets that pass to destinations. */
@FunctionalInterface
public interface PathMtus {
    /**
     * The largest packet that passes to a destination.
     *
     * @param destination bits of an IPv4 address
     * @param linkMtu the MTU of the first link
     * @return octets, at most the link's MTU
     */
    int mtu(int destination, int linkMtu);
}

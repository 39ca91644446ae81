// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import java.util.Arrays;
import java.util.List;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;

/** The IPv4 addresses of one interface, which come and go; the first is the source of what is sent. */
public final class InterfaceAddresses {
    private static final Ipv4Prefix[] EMPTY = {};

    private final Route direct;
    private Ipv4Prefix[] prefixes = EMPTY;

    /**
     * No addresses.
     *
     * @param owner the interface
     */
    public InterfaceAddresses(NetworkInterface owner) {
        direct = new Route(Ipv4Prefix.ALL, Ipv4Address.UNSPECIFIED, owner);
    }

    /** The way to any destination as a neighbour on this interface. */
    Route direct() {
        return direct;
    }

    void add(Ipv4Prefix prefix) {
        prefixes = Arrays.copyOf(prefixes, prefixes.length + 1);
        prefixes[prefixes.length - 1] = prefix;
    }

    void remove(Ipv4Prefix prefix) {
        prefixes = AddressRemoval.without(prefix, prefixes);
    }

    /**
     * The addresses with their networks.
     *
     * @return a list as it is now
     */
    public List<Ipv4Prefix> all() {
        return List.of(prefixes);
    }

    /**
     * The address that came first.
     *
     * @return the address; {@link Ipv4Prefix#NONE} if there is none
     */
    public Ipv4Prefix primary() {
        return isEmpty() ? Ipv4Prefix.NONE : prefixes[0];
    }

    /**
     * Whether the interface has no address yet.
     *
     * @return true if so
     */
    public boolean isEmpty() {
        return prefixes.length == 0;
    }

    /**
     * Whether an address is one of these.
     *
     * @param address bits of an IPv4 address
     * @return true if so
     */
    public boolean contains(int address) {
        for (Ipv4Prefix prefix : prefixes) {
            if (prefix.address().bits() == address) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether an address means every host of one of the networks.
     *
     * @param address bits of an IPv4 address
     * @return true if so
     */
    public boolean isBroadcast(int address) {
        for (Ipv4Prefix prefix : prefixes) {
            if (prefix.isBroadcast(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The network that an address lies in.
     *
     * @param address bits of an IPv4 address
     * @return one of these; {@link Ipv4Prefix#NONE} if there is none
     */
    public Ipv4Prefix networkOf(int address) {
        for (Ipv4Prefix prefix : prefixes) {
            if (prefix.contains(address)) {
                return prefix;
            }
        }
        return Ipv4Prefix.NONE;
    }
}

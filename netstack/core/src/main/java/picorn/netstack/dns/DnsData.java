// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import java.util.ArrayList;
import java.util.List;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.octets.Malformed;

/** What a record tells about its name. Text is octets, one in each character. */
public sealed interface DnsData {
    /**
     * An address (RFC 1035, section 3.4.1).
     *
     * @param address of the host
     */
    record Ipv4(Ipv4Address address) implements DnsData {
        static Ipv4 read(DnsReader in) throws Malformed {
            return new Ipv4(new Ipv4Address(in.u32()));
        }
    }

    /**
     * An address (RFC 3596, section 2.2).
     *
     * @param high the upper half of its bits
     * @param low the lower half
     */
    record Ipv6(long high, long low) implements DnsData {
        static Ipv6 read(DnsReader in) throws Malformed {
            return new Ipv6(in.u64(), in.u64());
        }
    }

    /**
     * Another name: what an alias stands for, the host of an address or of a zone (RFC 1035, section 3.3).
     *
     * @param name that name
     */
    record Host(DnsName name) implements DnsData {}

    /**
     * A zone (RFC 1035, section 3.3.13).
     *
     * @param server its first name server
     * @param mailbox who is responsible
     * @param serial its version
     * @param refresh seconds
     * @param retry seconds
     * @param expire seconds
     * @param minimum for how many seconds one may remember that a name is not there (RFC 2308, section 4)
     */
    record Zone(DnsName server, DnsName mailbox, int serial, int refresh, int retry, int expire, int minimum)
            implements DnsData {
        static Zone read(DnsReader in) throws Malformed {
            return new Zone(in.name(), in.name(), in.u32(), in.u32(), in.u32(), in.u32(), in.u32());
        }
    }

    /**
     * Text (RFC 1035, section 3.3.14).
     *
     * @param strings one or more of at most 255 octets each
     */
    record Text(List<String> strings) implements DnsData {
        static Text read(DnsReader in, int length) throws Malformed {
            List<String> strings = new ArrayList<>();
            for (int end = in.at() + length; in.at() < end; ) {
                strings.add(in.octets(in.u8()));
            }
            return new Text(strings);
        }
    }

    /**
     * A host that offers a service (RFC 2782).
     *
     * @param priority hosts with the lowest are tried first
     * @param weight the share of the load among hosts of one priority
     * @param port the service's port
     * @param host the host's name, which is never compressed
     */
    record Service(int priority, int weight, int port, DnsName host) implements DnsData {
        static Service read(DnsReader in) throws Malformed {
            return new Service(in.u16(), in.u16(), in.u16(), in.name());
        }
    }

    /**
     * The data of a record that the stack does not know.
     *
     * @param octets as they are
     */
    record Opaque(String octets) implements DnsData {}
}

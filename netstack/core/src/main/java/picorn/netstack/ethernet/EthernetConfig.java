// SPDX-License-Identifier: MIT
package picorn.netstack.ethernet;

import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ip.Offload;

/**
 * What an Ethernet interface is called, which addresses it has, and what its link can do.
 *
 * <pre>{@code
 * new EthernetConfig("eth0", mac, Ipv4Prefix.parse("10.0.2.3/24")).mtu(9000);
 * new EthernetConfig("eth0", mac); // an address will come by DHCP
 * }</pre>
 *
 * @param name in reports, for example {@code eth0}
 * @param mac its station address
 * @param ipv4 its first IPv4 address with the length of the network's prefix; {@link Ipv4Prefix#NONE} for none yet
 * @param mtu octets of the largest packet, 68 (RFC 791) to 65535
 * @param offload checksums that the link sees to
 */
public record EthernetConfig(String name, MacAddress mac, Ipv4Prefix ipv4, int mtu, Offload offload) {
    /**
     * A configuration.
     *
     * @throws IllegalArgumentException if the station address is that of a group, or the MTU out of range
     */
    public EthernetConfig {
        if (MacAddress.isGroup(mac.bits())) {
            throw new IllegalArgumentException(
                    mac + " is a group's address; give the station one with an even first octet");
        }
        if (mtu < 68 || mtu > 0xFFFF) {
            throw new IllegalArgumentException("an IPv4 link has an MTU of 68 to 65535, not " + mtu);
        }
    }

    /**
     * A configuration with the usual MTU of 1500 octets.
     *
     * @param name in reports
     * @param mac its station address
     * @param ipv4 its IPv4 address with the length of the network's prefix
     */
    public EthernetConfig(String name, MacAddress mac, Ipv4Prefix ipv4) {
        this(name, mac, ipv4, EthernetInterface.MTU, Offload.NONE);
    }

    /**
     * A configuration without an IPv4 address.
     *
     * @param name in reports
     * @param mac its station address
     */
    public EthernetConfig(String name, MacAddress mac) {
        this(name, mac, Ipv4Prefix.NONE);
    }

    /**
     * The same with another MTU.
     *
     * @param octets of the largest packet
     * @return the configuration
     */
    public EthernetConfig mtu(int octets) {
        return new EthernetConfig(name, mac, ipv4, octets, offload);
    }

    /**
     * The same with a link that sees to checksums.
     *
     * @param checksums which
     * @return the configuration
     */
    public EthernetConfig offload(Offload checksums) {
        return new EthernetConfig(name, mac, ipv4, mtu, checksums);
    }
}

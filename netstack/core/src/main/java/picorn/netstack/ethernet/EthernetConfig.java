// SPDX-License-Identifier: MIT
package picorn.netstack.ethernet;

import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;

/**
 * What an Ethernet interface is called and which addresses it has.
 *
 * @param name in reports, for example {@code eth0}
 * @param mac its station address
 * @param ipv4 its IPv4 address with the length of the network's prefix
 */
public record EthernetConfig(String name, MacAddress mac, Ipv4Prefix ipv4) {
    /**
     * A configuration.
     *
     * @throws IllegalArgumentException if the station address is that of a group
     */
    public EthernetConfig {
        if (MacAddress.isGroup(mac.bits())) {
            throw new IllegalArgumentException(
                    mac + " is a group's address; give the station one with an even first octet");
        }
    }
}

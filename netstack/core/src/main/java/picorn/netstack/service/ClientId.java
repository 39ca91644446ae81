// SPDX-License-Identifier: MIT
package picorn.netstack.service;

import java.util.Arrays;
import picorn.netstack.address.MacAddress;
import picorn.netstack.dhcp.DhcpMessage;
import picorn.netstack.dhcp.DhcpOption;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U48;

/** What tells a DHCP client from others: its client identifier, else its hardware address (RFC 2131, section 4.2). */
final class ClientId {
    static final ClientId NOBODY = new ClientId(new byte[0]);

    private final byte[] octets;

    private ClientId(byte[] octets) {
        this.octets = octets;
    }

    static ClientId of(DhcpMessage message) {
        return new ClientId(message.options()
                .octets(DhcpOption.CLIENT_IDENTIFIER)
                .filter(octets -> octets.length > 0)
                .orElseGet(() -> hardware(message.chaddr())));
    }

    /** The form that a client identifier has which is a hardware address: hardware type, address (RFC 2132, section 9.14). */
    private static byte[] hardware(MacAddress address) {
        byte[] octets = {1, 0, 0, 0, 0, 0, 0};
        U48.at(1).set(Octets.over(octets), address.bits());
        return octets;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientId that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }
}

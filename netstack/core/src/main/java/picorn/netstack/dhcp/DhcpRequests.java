// SPDX-License-Identifier: MIT
package picorn.netstack.dhcp;

import java.util.Arrays;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.MacAddress;

/** The messages of a DHCP client, with the fields and options of RFC 2131, tables 4 and 5. */
final class DhcpRequests {
    private static final byte[] WANTED = {
        (byte) DhcpOption.SUBNET_MASK.code(),
        (byte) DhcpOption.ROUTER.code(),
        (byte) DhcpOption.DOMAIN_NAME_SERVER.code(),
        (byte) DhcpOption.INTERFACE_MTU.code(),
        (byte) DhcpOption.LEASE_TIME.code(),
        (byte) DhcpOption.RENEWAL_TIME.code(),
        (byte) DhcpOption.REBINDING_TIME.code()
    };

    /** Those of the wanted that are not about a lease. */
    private static final byte[] SETTINGS = Arrays.copyOf(WANTED, 4);

    private final MacAddress mac;

    DhcpRequests(MacAddress mac) {
        this.mac = mac;
    }

    DhcpMessage discover(int xid, int secs) {
        return unaddressed(xid, secs, asking(DhcpMessageType.DISCOVER));
    }

    DhcpMessage select(int xid, int secs, Ipv4Address server, Ipv4Address address) {
        return unaddressed(
                xid,
                secs,
                asking(DhcpMessageType.REQUEST)
                        .put(DhcpOption.SERVER_IDENTIFIER, server)
                        .put(DhcpOption.REQUESTED_ADDRESS, address));
    }

    DhcpMessage reboot(int xid, int secs, Ipv4Address address) {
        return unaddressed(xid, secs, asking(DhcpMessageType.REQUEST).put(DhcpOption.REQUESTED_ADDRESS, address));
    }

    DhcpMessage extend(int xid, int secs, Ipv4Address own) {
        return message(xid, secs, 0, own, asking(DhcpMessageType.REQUEST));
    }

    DhcpMessage inform(int xid, int secs, Ipv4Address own) {
        DhcpOptions options = options(DhcpMessageType.INFORM).put(DhcpOption.PARAMETER_REQUEST_LIST, SETTINGS);
        return message(xid, secs, 0, own, options);
    }

    DhcpMessage decline(int xid, Ipv4Address server, Ipv4Address address) {
        DhcpOptions options = options(DhcpMessageType.DECLINE)
                .put(DhcpOption.SERVER_IDENTIFIER, server)
                .put(DhcpOption.REQUESTED_ADDRESS, address);
        return message(xid, 0, 0, Ipv4Address.UNSPECIFIED, options);
    }

    DhcpMessage release(int xid, Ipv4Address server, Ipv4Address own) {
        return message(xid, 0, 0, own, options(DhcpMessageType.RELEASE).put(DhcpOption.SERVER_IDENTIFIER, server));
    }

    private static DhcpOptions options(DhcpMessageType type) {
        return new DhcpOptions().put(DhcpOption.MESSAGE_TYPE, new byte[] {(byte) type.code()});
    }

    private static DhcpOptions asking(DhcpMessageType type) {
        return options(type).put(DhcpOption.PARAMETER_REQUEST_LIST, WANTED);
    }

    /** Without an address one hears broadcasts only. */
    private DhcpMessage unaddressed(int xid, int secs, DhcpOptions options) {
        return message(xid, secs, DhcpMessage.BROADCAST, Ipv4Address.UNSPECIFIED, options);
    }

    private DhcpMessage message(int xid, int secs, int flags, Ipv4Address ciaddr, DhcpOptions options) {
        return new DhcpMessage(
                DhcpMessage.BOOTREQUEST,
                xid,
                secs,
                flags,
                ciaddr,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                mac,
                options);
    }
}

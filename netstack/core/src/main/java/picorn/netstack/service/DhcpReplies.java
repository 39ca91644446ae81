// SPDX-License-Identifier: MIT
package picorn.netstack.service;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.dhcp.DhcpMessage;
import picorn.netstack.dhcp.DhcpMessageType;
import picorn.netstack.dhcp.DhcpOption;
import picorn.netstack.dhcp.DhcpOptions;

/** The messages of a DHCP server, with the fields and options of RFC 2131, table 3. */
final class DhcpReplies {
    private final DhcpConfig config;
    private Optional<byte[]> bootFile = Optional.empty();

    DhcpReplies(DhcpConfig config) {
        this.config = config;
    }

    void bootFile(byte[] name) {
        bootFile = Optional.of(name.clone());
    }

    DhcpMessage offer(DhcpMessage request, Ipv4Address address) {
        DhcpOptions options = network(timed(options(request, DhcpMessageType.OFFER), request));
        return reply(request, Ipv4Address.UNSPECIFIED, address, options);
    }

    DhcpMessage grant(DhcpMessage request, Ipv4Address address) {
        DhcpOptions options = network(timed(options(request, DhcpMessageType.ACK), request));
        return reply(request, request.ciaddr(), address, options);
    }

    DhcpMessage informed(DhcpMessage request) {
        DhcpOptions options = network(options(request, DhcpMessageType.ACK));
        return reply(request, request.ciaddr(), Ipv4Address.UNSPECIFIED, options);
    }

    DhcpMessage refusal(DhcpMessage request) {
        DhcpOptions options = options(request, DhcpMessageType.NAK);
        return reply(request, Ipv4Address.UNSPECIFIED, Ipv4Address.UNSPECIFIED, options);
    }

    /** What the client asks for, if that is not too short, but no more than the configuration has. */
    long leaseSeconds(DhcpMessage request) {
        long wish = request.options().number(DhcpOption.LEASE_TIME).orElse(config.leaseSeconds());
        return Math.min(config.leaseSeconds(), Math.max(DhcpConfig.SHORTEST_LEASE, wish));
    }

    private DhcpOptions options(DhcpMessage request, DhcpMessageType type) {
        DhcpOptions options = new DhcpOptions()
                .put(DhcpOption.MESSAGE_TYPE, new byte[] {(byte) type.code()})
                .put(DhcpOption.SERVER_IDENTIFIER, config.server().address());
        request.options()
                .octets(DhcpOption.CLIENT_IDENTIFIER)
                .ifPresent(id -> options.put(DhcpOption.CLIENT_IDENTIFIER, id));
        return options;
    }

    private DhcpOptions timed(DhcpOptions options, DhcpMessage request) {
        int seconds = (int) leaseSeconds(request);
        return options.put(DhcpOption.LEASE_TIME, seconds)
                .put(DhcpOption.RENEWAL_TIME, seconds / 2)
                .put(DhcpOption.REBINDING_TIME, (int) (seconds * 7L / 8));
    }

    private DhcpOptions network(DhcpOptions options) {
        bootFile.ifPresent(name -> options.put(DhcpOption.BOOTFILE_NAME, name)
                .put(
                        DhcpOption.TFTP_SERVER_NAME,
                        config.server().address().toString().getBytes(StandardCharsets.US_ASCII)));
        options.put(DhcpOption.SUBNET_MASK, config.server().mask()).put(DhcpOption.ROUTER, config.router());
        return config.dns().bits() == 0 ? options : options.put(DhcpOption.DOMAIN_NAME_SERVER, config.dns());
    }

    private static DhcpMessage reply(DhcpMessage request, Ipv4Address ciaddr, Ipv4Address yiaddr, DhcpOptions options) {
        return new DhcpMessage(
                DhcpMessage.BOOTREPLY,
                request.xid(),
                0,
                request.flags(),
                ciaddr,
                yiaddr,
                request.giaddr(),
                request.chaddr(),
                options);
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.service.UserGateway;

/** Decides where on the host's side a flow of the guest leads, if anywhere. */
final class HostRoutes {
    static final int DNS = 53;
    private static final InetAddress LOOPBACK = address(0x7F00_0001);

    private final HostAccess access;
    private final List<InetSocketAddress> resolvers;

    HostRoutes(HostAccess access, List<InetSocketAddress> resolvers) {
        this.access = access;
        this.resolvers = List.copyOf(resolvers);
    }

    /** The DNS servers of this host that a TCP connection may try after the first has failed. */
    List<Target> furtherResolvers() {
        return resolvers.stream().skip(1).map(HostRoutes::chosen).toList();
    }

    List<InetSocketAddress> resolvers() {
        return resolvers;
    }

    /** Where what is sent to another host leads, whatever it is. */
    Optional<Target> host(int address) {
        boolean foreign = Ipv4Address.isHost(address)
                && !Ipv4Address.isLinkLocal(address)
                && !UserGateway.ADDRESS.contains(address);
        return foreign && access.others() == HostAccess.Others.REACHED
                ? Optional.of(new Target(new InetSocketAddress(address(address), 0), Target.Trust.FOREIGN))
                : Optional.empty();
    }

    /** Where what is sent to an address and port leads; nothing if the guest must not reach that. */
    Optional<Target> find(int address, int port) {
        if (UserGateway.ADDRESS.address().bits() == address) {
            return atGateway(port);
        }
        return host(address)
                .filter(host -> port != 0)
                .map(host -> new Target(new InetSocketAddress(host.address().getAddress(), port), host.trust()));
    }

    private Optional<Target> atGateway(int port) {
        if (port == DNS) {
            return resolvers.stream().findFirst().map(HostRoutes::chosen);
        }
        return access.loopback() == HostAccess.Loopback.BEHIND_GATEWAY && port != 0
                ? Optional.of(chosen(new InetSocketAddress(LOOPBACK, port)))
                : Optional.empty();
    }

    private static Target chosen(InetSocketAddress address) {
        return new Target(address, Target.Trust.CHOSEN);
    }

    private static InetAddress address(int bits) {
        try {
            return InetAddress.getByAddress(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bits).array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }
}

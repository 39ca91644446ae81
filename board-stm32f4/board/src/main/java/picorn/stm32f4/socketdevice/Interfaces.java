// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.dhcp.DhcpLease;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.ip.NetworkInterface;
import picorn.netstack.ip.Route;

/** Interfaces, routes and the lease as commands show and change them (docs/socket-device.md, "Structures"). */
final class Interfaces {
    private static final int IFF_UP = 1;
    private static final int IFF_BROADCAST = 2;
    private static final int IFF_LOOPBACK = 8;
    private static final int IFF_RUNNING = 0x40;
    private static final int IFF_MULTICAST = 0x1000;

    private static final int ADDRESS = 1;
    private static final int NETMASK = 2;
    private static final int FLAGS = 3;

    private static final int DESCRIPTION = 48;
    private static final int ROUTE = 16;
    private static final int LEASE = 32;
    private static final int DNS_SERVERS = 3;
    private static final int MOST_ROUTES = 64;

    private final Host host;

    Interfaces(Host host) {
        this.host = host;
    }

    private Ipv4 ipv4() {
        return host.stack().ipv4();
    }

    byte[] describe(int index) throws Refused {
        NetworkInterface link = host.link(index);
        Ipv4Prefix own = link.ipv4();
        boolean none = own.equals(Ipv4Prefix.NONE);
        ByteBuffer out = little(DESCRIPTION);
        out.put(link.name().getBytes(StandardCharsets.US_ASCII));
        out.putInt(16, flags(link)).putInt(20, index).putInt(32, link.mtu());
        out.order(ByteOrder.BIG_ENDIAN);
        out.putInt(24, own.address().bits()).putInt(28, none ? 0 : own.mask().bits());
        if (!link.isLoopback()) {
            long station = Host.STATION.bits();
            out.putShort(36, (short) (station >>> 32)).putInt(38, (int) station);
        }
        return out.array();
    }

    private int flags(NetworkInterface link) {
        if (link.isLoopback()) {
            return IFF_UP | IFF_LOOPBACK | IFF_RUNNING;
        }
        return IFF_BROADCAST | IFF_MULTICAST | (host.isUp() ? IFF_UP | IFF_RUNNING : 0);
    }

    void set(int index, int what, int address, int flags) throws Refused {
        NetworkInterface link = host.link(index);
        if (link.isLoopback()) {
            setLoopback(link, what, address);
            return;
        }
        switch (what) {
            case ADDRESS -> setAddress(address);
            case NETMASK -> setMask(address);
            case FLAGS -> setFlags(flags);
            default -> throw Errno.EINVAL.refused();
        }
    }

    private void setFlags(int flags) {
        if ((flags & IFF_UP) != 0) {
            host.setUp();
        } else {
            host.setDown();
        }
    }

    /** It is as it is. */
    private static void setLoopback(NetworkInterface link, int what, int address) throws Refused {
        if (what == ADDRESS && address != link.ipv4().address().bits()) {
            throw Errno.EADDRNOTAVAIL.refused();
        }
    }

    private void setAddress(int address) throws Refused {
        if (address == 0) {
            host.fix(Ipv4Prefix.NONE);
        } else if (Ipv4Address.isHost(address)) {
            host.fix(new Ipv4Prefix(new Ipv4Address(address), classLength(address)));
        } else {
            throw Errno.EINVAL.refused();
        }
    }

    /** The length of an address's network before there were netmasks (RFC 791, section 3.2). */
    private static int classLength(int address) {
        return address >= 0 ? 8 : address >>> 30 == 2 ? 16 : 24;
    }

    private void setMask(int mask) throws Refused {
        if (host.fixed().equals(Ipv4Prefix.NONE)) {
            throw Errno.EADDRNOTAVAIL.refused();
        }
        host.fix(new Ipv4Prefix(host.fixed().address(), length(mask)));
    }

    private static int length(int mask) throws Refused {
        int length = Integer.numberOfLeadingZeros(~mask);
        if (length < 32 && mask << length != 0) {
            throw Errno.EINVAL.refused();
        }
        return length;
    }

    byte[] route(int index) throws Refused {
        List<Route> routes = ipv4().routes().stream()
                .filter(each -> !each.via().isLoopback())
                .toList();
        if (index < 0 || index >= routes.size()) {
            throw Errno.ESRCH.refused();
        }
        Route route = routes.get(index);
        int mask = route.destination().mask().bits();
        ByteBuffer out = ByteBuffer.allocate(ROUTE);
        out.putInt(route.destination().address().bits() & mask)
                .putInt(mask)
                .putInt(route.gateway().bits())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(host.indexOf(route.via()));
        return out.array();
    }

    void add(Command command) throws Refused {
        Route route = routeOf(command);
        if (ipv4().routes().contains(route)) {
            throw Errno.EEXIST.refused();
        }
        if (ipv4().routes().size() >= MOST_ROUTES) {
            throw Errno.ENOBUFS.refused();
        }
        ipv4().add(route);
    }

    private Route routeOf(Command command) throws Refused {
        int mask = command.mask();
        if ((command.address() & ~mask) != 0) {
            throw Errno.EINVAL.refused();
        }
        Ipv4Prefix destination = new Ipv4Prefix(new Ipv4Address(command.address()), length(mask));
        Ipv4Address gateway = new Ipv4Address(command.gateway());
        return new Route(destination, gateway, via(command.c(), gateway));
    }

    private NetworkInterface via(int index, Ipv4Address gateway) throws Refused {
        if (gateway.bits() == 0) {
            return host.link(index);
        }
        return ipv4().interfaces().stream()
                .filter(link -> index == 0 || host.indexOf(link) == index)
                .filter(link -> link.addresses().networkOf(gateway.bits()) != Ipv4Prefix.NONE)
                .findFirst()
                .orElseThrow(Errno.ENETUNREACH::refused);
    }

    /** As SIOCDELRT of Linux, it takes the first route to the destination, by the router and interface if they are named. */
    void remove(Command command) throws Refused {
        int mask = command.mask();
        Optional<Route> found = ipv4().routes().stream()
                .filter(each -> !each.via().isLoopback())
                .filter(each -> each.destination().mask().bits() == mask)
                .filter(each -> (each.destination().address().bits() & mask) == command.address())
                .filter(each -> command.gateway() == 0 || each.gateway().bits() == command.gateway())
                .filter(each -> command.c() == 0 || host.indexOf(each.via()) == command.c())
                .findFirst();
        ipv4().remove(found.orElseThrow(Errno.ESRCH::refused));
    }

    byte[] lease() {
        ByteBuffer out = little(LEASE);
        host.lease().ifPresent(lease -> describe(lease, out));
        return out.array();
    }

    private static void describe(DhcpLease lease, ByteBuffer out) {
        out.putInt(1).order(ByteOrder.BIG_ENDIAN);
        out.putInt(lease.address().address().bits())
                .putInt(lease.address().mask().bits())
                .putInt(lease.server().bits())
                .putInt(lease.routers().stream()
                        .findFirst()
                        .map(Ipv4Address::bits)
                        .orElse(0));
        lease.dnsServers().stream().limit(DNS_SERVERS).forEach(server -> out.putInt(server.bits()));
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}

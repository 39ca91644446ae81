// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picorn.netstack.address.AddressPair;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.context.RandomSource;
import picorn.netstack.dhcp.DhcpClient;
import picorn.netstack.dhcp.DhcpLease;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.igmp.Igmp;
import picorn.netstack.ip.Forwarder;
import picorn.netstack.ip.IpModule;
import picorn.netstack.ip.NetworkInterface;
import picorn.netstack.ip.OptionProcessor;
import picorn.netstack.ip.Redirects;
import picorn.netstack.ip.Route;
import picorn.netstack.link.FrameReceiver;
import picorn.netstack.raw.RawSockets;
import picorn.netstack.service.DynamicAddress;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;

/** The stack behind the device, with one Ethernet interface, and what of it all sockets share. */
final class Host {
    /** The device's station address; locally administered. */
    static final MacAddress STATION = MacAddress.parse("02:50:69:63:6f:72");

    private static final int FIRST_EPHEMERAL = 49152;
    private static final int EPHEMERALS = 0x10000 - FIRST_EPHEMERAL;
    private static final int TRIES = 1024;

    private final Stack stack;
    private final EthernetInterface eth0;
    private final Optional<RawSockets> raw;
    /** Made at once, so that neither a taken port nor a dry budget can stand against it later. */
    private final DhcpClient dhcp;

    private final RandomSource random;
    private final SocketTable table;
    private final Runnable retrySoon;
    private final AddressPair way = new AddressPair();
    private Ipv4Prefix fixed = Ipv4Prefix.NONE;
    private boolean up;

    /**
     * A host whose Ethernet interface is down.
     *
     * @param retrySoon has {@link DeviceSocket#retry} called some time later
     */
    Host(SocketDeviceConfig config, long seed, SocketTable table, FrameReceiver cable, Runnable retrySoon) {
        this.table = table;
        this.retrySoon = retrySoon;
        random = RandomSource.seeded(~seed);
        stack = new Stack(stackOf(config.size()).memory(config.budget()).seed(seed));
        raw = config.size() == SocketDeviceConfig.Size.FULL
                ? Optional.of(RawSockets.join(stack.ipv4()))
                : Optional.empty();
        eth0 = stack.attach(new EthernetConfig("eth0", STATION), cable);
        dhcp = DynamicAddress.on(stack, eth0);
    }

    private static StackConfig stackOf(SocketDeviceConfig.Size size) {
        return switch (size) {
            case MINIMAL -> StackConfig.minimal();
            case CLIENT -> StackConfig.client();
            case FULL -> {
                // As StackConfig.full(), but for raw sockets, which the host joins itself to open them.
                List<IpModule> modules = new ArrayList<>(StackConfig.client().modules());
                modules.addAll(List.of(OptionProcessor::join, Redirects::join, Igmp::join, Forwarder::join));
                yield StackConfig.client().modules(modules);
            }
        };
    }

    Stack stack() {
        return stack;
    }

    EthernetInterface eth0() {
        return eth0;
    }

    Optional<RawSockets> raw() {
        return raw;
    }

    void retrySoon() {
        retrySoon.run();
    }

    // Addresses.

    private boolean hasLoopback() {
        return stack.ipv4().isOwn(loopback());
    }

    private static int loopback() {
        return Ipv4Address.LOOPBACK_NETWORK << 24 | 1;
    }

    /** Whether a socket may be bound to an address. */
    boolean isLocal(int address) {
        return address == 0
                || stack.ipv4().isOwn(address)
                || address >>> 24 == Ipv4Address.LOOPBACK_NETWORK && hasLoopback();
    }

    boolean isBroadcast(int address) {
        return stack.ipv4().isBroadcast(address);
    }

    /** Whom a program means by an address: by 0.0.0.0 itself. */
    int destination(int address) {
        return address == 0 && hasLoopback() ? loopback() : address;
    }

    /** The address from which packets to another go. */
    int sourceFor(int destination) throws Refused {
        Route route = stack.ipv4().route(way.setIpv4(0, destination));
        if (route == Route.NONE) {
            throw Errno.ENETUNREACH.refused();
        }
        return way.sourceIpv4();
    }

    // Ports of streams.

    int freePort() throws Refused {
        for (int i = 0; i < TRIES; i++) {
            int port = FIRST_EPHEMERAL + random.below(EPHEMERALS);
            if (table.streams().noneMatch(each -> each.localPort == port)) {
                return port;
            }
        }
        throw Errno.EADDRINUSE.refused();
    }

    /** The port, if a stream can have it beside those that are bound to it. */
    int free(StreamSocket asker, int address, int port, DeviceSocket.Binding binding) throws Refused {
        boolean taken = table.streams()
                .anyMatch(each -> each != asker && each.localPort == port && !each.shares(address, binding));
        if (taken) {
            throw Errno.EADDRINUSE.refused();
        }
        return port;
    }

    // Configuration.

    boolean isUp() {
        return up;
    }

    Ipv4Prefix fixed() {
        return fixed;
    }

    Optional<DhcpLease> lease() {
        return dhcp.lease();
    }

    void setUp() {
        if (!up) {
            up = true;
            askForAddress();
        }
    }

    void setDown() {
        if (up) {
            up = false;
            fix(Ipv4Prefix.NONE);
        }
    }

    private void askForAddress() {
        if (fixed.equals(Ipv4Prefix.NONE)) {
            dhcp.start();
        }
    }

    /** Gives it an address by hand; {@link Ipv4Prefix#NONE} takes that away. */
    void fix(Ipv4Prefix address) {
        dhcp.stop();
        eth0.remove(fixed);
        fixed = address;
        eth0.add(fixed);
    }

    /** The interface of a number counted from 1. */
    NetworkInterface link(int index) throws Refused {
        List<NetworkInterface> links = stack.ipv4().interfaces();
        if (index < 1 || index > links.size()) {
            throw Errno.ENODEV.refused();
        }
        return links.get(index - 1);
    }

    int indexOf(NetworkInterface link) {
        return stack.ipv4().interfaces().indexOf(link) + 1;
    }
}

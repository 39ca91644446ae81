// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.context.Counter;
import picorn.netstack.context.StackContext;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** The receiving half of IPv4 (RFC 1122, section 3.2): checks a packet, finds whom it is for, and hands it over. */
public final class Ipv4Input {
    private static final int UDP = 17;

    private final Ipv4 ipv4;
    private final IpPacket packet = new IpPacket();
    private final Transport[] transports = new Transport[256];
    private final List<Consumer<IpError>> believers = new ArrayList<>();
    private Reassembly reassembly = (fragment, from, cast) -> {
        throw Ipv4Drop.FRAGMENT.malformed();
    };
    private Forwarding forwarding = stranger -> {
        throw Ipv4Drop.NOT_FOR_US.malformed();
    };
    private OptionHandling options = OptionHandling.SKIP;
    private RawInput raw = delivered -> false;
    private final Counter received;
    private final Counter delivered;

    Ipv4Input(Ipv4 ipv4, StackContext context) {
        this.ipv4 = ipv4;
        received = context.counter("ipv4.received");
        delivered = context.counter("ipv4.delivered");
    }

    /**
     * Adds a protocol.
     *
     * @param transport who takes its packets
     */
    public void add(Transport transport) {
        transports[transport.protocol()] = transport;
    }

    /**
     * Says who puts fragments together.
     *
     * @param module they are dropped before
     */
    public void reassembly(Reassembly module) {
        reassembly = module;
    }

    /**
     * Says who forwards packets that are for others.
     *
     * @param module they are dropped before
     */
    public void forwarding(Forwarding module) {
        forwarding = module;
    }

    /**
     * Says who looks at header options.
     *
     * @param module they are skipped before
     */
    public void options(OptionHandling module) {
        options = module;
    }

    /**
     * Who looks at header options.
     *
     * @return the module
     */
    public OptionHandling options() {
        return options;
    }

    /**
     * Says who sees all packets for this host before transports do.
     *
     * @param module nobody does before
     */
    public void raw(RawInput module) {
        raw = module;
    }

    /**
     * Adds one who is told of errors that a transport has found to be of packets it has sent.
     *
     * @param believer called with an error that is lent for the time of the call
     */
    public void believed(Consumer<IpError> believer) {
        believers.add(believer);
    }

    /**
     * Takes an error that somebody tells of a packet that this host may have sent.
     *
     * @param error lent for the time of the call
     * @throws Malformed if it was not this host's
     */
    public void error(IpError error) throws Malformed {
        Transport transport = transports[error.protocol()];
        boolean ours = ipv4.isOwn(error.addresses().sourceIpv4());
        if (!ours || transport == null || !transport.error(error)) {
            throw ErrorDrop.NOT_OURS.malformed();
        }
        for (int i = 0; i < believers.size(); i++) {
            believers.get(i).accept(error);
        }
    }

    void receive(Octets in, Cast linkCast, NetworkInterface from) throws Malformed {
        Ipv4Fields.check(in, from.offload());
        received.count();
        int destination = Ipv4Fields.DESTINATION.get(in);
        int source = Ipv4Fields.SOURCE.get(in);
        checkSource(source, from);
        Cast cast = castOf(in, destination, source, linkCast, from);
        packet.set(in, from, cast);
        if (packet.hasOptions()) {
            options.check(packet);
        }
        if (cast == Cast.OTHERS) {
            forward(linkCast);
        } else {
            accept();
        }
    }

    private void accept() throws Malformed {
        if (Ipv4Fields.isFragment(packet.whole())) {
            reassembly.receive(packet.whole(), packet.from(), packet.cast());
        } else {
            deliver();
        }
    }

    private void forward(Cast linkCast) throws Malformed {
        if (linkCast != Cast.UNICAST) {
            throw Ipv4Drop.NOT_FOR_US.malformed();
        }
        forwarding.forward(packet);
    }

    /** Delivers the packet that is for another host as if it were for this one. */
    void adopt(IpPacket foreign) throws Malformed {
        packet.set(foreign.whole(), foreign.from(), Cast.FOREIGN);
        accept();
    }

    private Cast castOf(Octets in, int destination, int source, Cast linkCast, NetworkInterface from) throws Malformed {
        if (Ipv4Address.isMulticast(destination)) {
            return ipv4.groups().accepts(from, destination, source) ? Cast.MULTICAST : Cast.OTHERS;
        }
        boolean fromItself = from.isLoopback();
        if (destination >>> 24 == Ipv4Address.LOOPBACK_NETWORK && !fromItself) {
            return Cast.OTHERS;
        }
        if (fromItself || ipv4.isOwn(destination)) {
            if (linkCast != Cast.UNICAST) {
                throw Ipv4Drop.LINK_BROADCAST.malformed();
            }
            return Cast.UNICAST;
        }
        // An interface without an address takes the answer to its DHCP client (RFC 1542, section 3.1.1), telling no
        // errors.
        boolean offered = from.addresses().isEmpty() && Ipv4Fields.PROTOCOL.get(in) == UDP;
        return offered || ipv4.isBroadcast(destination) ? Cast.BROADCAST : Cast.OTHERS;
    }

    private void checkSource(int source, NetworkInterface from) throws Malformed {
        boolean possible = from.isLoopback()
                || (source == 0 || Ipv4Address.isHost(source)) && !ipv4.isOwn(source) && !ipv4.isBroadcast(source);
        if (!possible) {
            throw Ipv4Drop.BAD_SOURCE.malformed();
        }
    }

    /** Delivers a packet that no link has carried in one piece: put together from fragments, or this host's own to a group. */
    void deliver(Octets whole, NetworkInterface from, Cast cast) throws Malformed {
        packet.set(whole, from, cast);
        packet.reassembled();
        deliver();
    }

    private void deliver() throws Malformed {
        Transport transport = transports[packet.protocol()];
        boolean taken = raw.receive(packet);
        if (transport != null) {
            transport.receive(packet);
        } else if (!taken) {
            ipv4.errors().tell(packet, ErrorKind.PROTOCOL_UNREACHABLE, 0);
            throw Ipv4Drop.PROTOCOL_UNKNOWN.malformed();
        }
        delivered.count();
    }
}

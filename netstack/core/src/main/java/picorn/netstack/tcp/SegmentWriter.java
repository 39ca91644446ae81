// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.address.AddressPair;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.StackContext;
import picorn.netstack.ip.IpOutput;
import picorn.netstack.ip.Route;
import picorn.netstack.ip.SendOptions;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Octets;

/** Puts segments into packets: {@link #start}, then options and data, then {@link #finish}. */
final class SegmentWriter {
    private static final Octets NONE = new Octets();

    private final StackContext context;
    private final IpOutput ip;
    private final TcpCounters counters;
    private final TcpOptions options = new TcpOptions();
    private AddressPair addresses = new AddressPair();
    private Route route = Route.NONE;
    private PacketBuffer packet;
    private int headerLength;
    private SendOptions sendOptions = SendOptions.DEFAULT;

    SegmentWriter(StackContext context, IpOutput ip, TcpCounters counters) {
        this.context = context;
        this.ip = ip;
        this.counters = counters;
    }

    /** The way of a flow, which gets its local address from it if it has none. */
    Route route(Flow flow) {
        addresses = flow.addresses;
        route = ip.route(addresses);
        return route;
    }

    /** Advises IP that the way of a flow may be dead (RFC 1122, section 4.2.3.5). */
    void doubt(Flow flow) {
        route(flow).doubt(addresses);
    }

    /** Octets of the largest segment, without header, on the way of a flow. */
    int mss(Flow flow) {
        Route way = route(flow);
        int smaller = way.via().mtu() - ip.pathMtu(way, addresses);
        return way.maxPayload() - smaller - TcpFields.SIZE;
    }

    /** Begins a segment; the view is empty, and nothing is to be done, if there is no way or no memory. */
    Octets start(Flow flow, int optionsLength, int dataLength) {
        headerLength = TcpFields.SIZE + optionsLength;
        if (route(flow) == Route.NONE) {
            return NONE;
        }
        if (context.packets().isDry()) {
            context.drops().count(Drop.MEMORY_DRY);
            return NONE;
        }
        packet = context.packets().take();
        Octets out = packet.start(route.headroom(), headerLength + dataLength);
        options.begin(out);
        return out;
    }

    /** How the segment begun is to be sent. */
    void options(SendOptions how) {
        sendOptions = how;
    }

    /** Where the options of the segment begun go. */
    TcpOptions options() {
        return options;
    }

    /** Where the data of the segment begun goes. */
    int dataAt() {
        return headerLength;
    }

    /** Completes the segment begun and sends it. */
    void finish(Flow flow, int seq, int ack, int flags, int window, int urgent) {
        Octets out = packet.octets();
        TcpFields.SOURCE_PORT.set(out, flow.localPort);
        TcpFields.DESTINATION_PORT.set(out, flow.remotePort);
        TcpFields.SEQUENCE.set(out, seq);
        TcpFields.ACKNOWLEDGMENT.set(out, ack);
        TcpFields.OFFSET_AND_FLAGS.set(out, headerLength << 10 | flags);
        TcpFields.WINDOW.set(out, window);
        TcpFields.URGENT.set(out, urgent);
        if (route.needsChecksum(TcpFields.PROTOCOL)) {
            TcpFields.seal(out, addresses);
        }
        counters.segmentsSent.count();
        ip.send(packet, route, addresses, TcpFields.PROTOCOL, sendOptions);
        sendOptions = SendOptions.DEFAULT;
    }

    /** Sends a segment without options and data. */
    void bare(Flow flow, int seq, int ack, int flags, int window) {
        if (start(flow, 0, 0).length() > 0) {
            finish(flow, seq, ack, flags, window, 0);
        }
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.igmp;

import picorn.netstack.address.AddressPair;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.StackContext;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.ip.NetworkInterface;
import picorn.netstack.ip.Route;
import picorn.netstack.ip.SendOptions;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.InternetChecksum;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;
import picorn.netstack.octets.U32;
import picorn.netstack.octets.U8;

/** Writes and sends what hosts say in IGMP: one message of versions 1 and 2, a report of many records of version 3. */
final class IgmpWriter {
    static final int IS_INCLUDE = 1;
    static final int IS_EXCLUDE = 2;
    static final int TO_INCLUDE = 3;
    static final int TO_EXCLUDE = 4;
    static final int ALLOW = 5;
    static final int BLOCK = 6;

    private static final int ALL_V3_ROUTERS = Ipv4Address.parse("224.0.0.22").bits();
    private static final byte[] ROUTER_ALERT = {(byte) 0x94, 4, 0, 0};
    /** Octets of the IPv4 header with its option. */
    private static final int HEADERS = 24;

    private static final int HEADER = 8;
    private static final int RECORD = 8;
    private static final int SOURCE = 4;
    private static final U16 CHECKSUM = U16.at(2);
    private static final U16 COUNT = U16.at(6);

    /** One hop, internetwork control, router alert (RFC 3376, section 4). */
    private final SendOptions options =
            SendOptions.DEFAULT.hopLimit(1).typeOfService(0xC0).headerOptions(Octets.over(ROUTER_ALERT));

    private final StackContext context;
    private final Ipv4 ipv4;
    private final NetworkInterface link;
    private final AddressPair addresses = new AddressPair();
    private final byte[] report;
    private final Octets out = new Octets();
    private int length = HEADER;
    private int records;
    private long sent;

    IgmpWriter(Ipv4 ipv4, NetworkInterface link) {
        this.context = ipv4.context();
        this.ipv4 = ipv4;
        this.link = link;
        report = new byte[Math.min(link.mtu(), 576) - HEADERS];
    }

    long sent() {
        return sent;
    }

    void message(int type, int group, int to) {
        out.aim(report, 0, HEADER);
        out.clear(0, HEADER);
        U8.at(0).set(out, type);
        U32.at(4).set(out, group);
        send(to);
    }

    /**
     * Adds a record to the report; if the report is full, that is sent before. Sources that do not fit into one go into
     * several, those of an exclusion are left out (RFC 3376, section 4.2.16).
     */
    void record(int type, int group, Sources sources) {
        boolean exclusion = type == IS_EXCLUDE || type == TO_EXCLUDE;
        int most = (limit() - HEADER - RECORD) / SOURCE;
        int from = 0;
        do {
            int to = Math.min(sources.size(), from + most);
            record(type, group, sources, from, to);
            from = to;
        } while (from < sources.size() && !exclusion);
    }

    private void record(int type, int group, Sources sources, int from, int to) {
        int size = RECORD + (to - from) * SOURCE;
        if (length + size > limit()) {
            flush();
        }
        out.aim(report, length, size);
        U8.at(0).set(out, type);
        U8.at(1).set(out, 0);
        U16.at(2).set(out, to - from);
        U32.at(4).set(out, group);
        for (int i = from; i < to; i++) {
            U32.at(RECORD + (i - from) * SOURCE).set(out, sources.at(i));
        }
        length += size;
        records++;
    }

    /** Octets of the largest report; the link's MTU can change. */
    private int limit() {
        return Math.min(report.length, Math.max(link.mtu() - HEADERS, HEADER + RECORD + SOURCE));
    }

    /** Sends the report if it has records. */
    void flush() {
        if (records > 0) {
            out.aim(report, 0, length);
            out.clear(0, HEADER);
            U8.at(0).set(out, Igmp.V3_REPORT);
            COUNT.set(out, records);
            send(ALL_V3_ROUTERS);
        }
        length = HEADER;
        records = 0;
    }

    private void send(int to) {
        CHECKSUM.set(out, InternetChecksum.of(InternetChecksum.sum(out)));
        addresses.setIpv4(0, to);
        Route route = ipv4.route(addresses, link);
        if (context.packets().isDry()) {
            context.drops().count(Drop.MEMORY_DRY);
            return;
        }
        PacketBuffer packet = context.packets().take();
        packet.start(route.headroom() + ROUTER_ALERT.length, out.length()).put(0, out, 0, out.length());
        sent++;
        ipv4.send(packet, route, addresses, Igmp.PROTOCOL, options);
    }
}

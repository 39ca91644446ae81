// SPDX-License-Identifier: MIT
package picorn.netstack.igmp;

import java.util.ArrayList;
import java.util.List;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.context.Report;
import picorn.netstack.context.Reported;
import picorn.netstack.context.Timed;
import picorn.netstack.ip.Groups;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.ip.Membership;
import picorn.netstack.ip.NetworkInterface;
import picorn.netstack.ip.OwnMulticast;
import picorn.netstack.ip.Transport;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.InternetChecksum;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;
import picorn.netstack.octets.U32;
import picorn.netstack.octets.U8;

/** IGMP of a host, version 3 with source filters (RFC 3376), and 2 (RFC 2236) or 1 where a router speaks no later one. */
public final class Igmp implements Transport, Groups, Timed, Reported {
    /** Its number in the IPv4 header. */
    public static final int PROTOCOL = 2;

    static final int QUERY = 0x11;
    static final int V1_REPORT = 0x12;
    static final int V2_REPORT = 0x16;
    static final int V2_LEAVE = 0x17;
    static final int V3_REPORT = 0x22;

    private static final U8 TYPE = U8.at(0);
    private static final U8 RESPONSE_TIME = TYPE.next();
    private static final U32 GROUP = U32.at(4);
    private static final int SIZE = GROUP.end();
    private static final U8 ROBUSTNESS = U8.after(GROUP);
    private static final U8 QUERY_INTERVAL = ROBUSTNESS.next();
    private static final U16 SOURCE_COUNT = U16.after(QUERY_INTERVAL);
    private static final int QUERY_SIZE = SOURCE_COUNT.end();
    private static final long TENTH = 100_000_000L;
    private static final long SECOND = 10 * TENTH;
    private static final long VERSION_1_TIME = 100 * TENTH;
    private static final int ALL_HOSTS = Ipv4Address.parse("224.0.0.1").bits();

    private final Ipv4 ipv4;
    private final List<IgmpLink> links = new ArrayList<>();
    private final OwnMulticast own;
    private long received;

    private Igmp(Ipv4 ipv4) {
        this.ipv4 = ipv4;
        own = new OwnMulticast(ipv4);
    }

    /**
     * Lets a stack join multicast groups.
     *
     * @param ipv4 the stack's
     * @return the module
     */
    public static Igmp join(Ipv4 ipv4) {
        Igmp module = new Igmp(ipv4);
        ipv4.groups(module);
        ipv4.input().add(module);
        ipv4.drive(module);
        ipv4.drive(module.own);
        ipv4.reportOn(module);
        return module;
    }

    @Override
    public Membership join(NetworkInterface at, Ipv4Address group) {
        if (!Ipv4Address.isMulticast(group.bits()) || group.bits() == ALL_HOSTS) {
            throw new IllegalArgumentException(
                    group + " is no group that can be joined; those are 224.0.0.2 to 239.255.255.255");
        }
        ipv4.context().budget().demand(SocketMembership.MEMORY, "membership in " + group);
        try {
            return linkOf(at).join(group.bits());
        } catch (Malformed e) {
            ipv4.context().budget().release(SocketMembership.MEMORY);
            throw new IllegalStateException("no memory for the groups of " + at.name() + "; give the stack more", e);
        }
    }

    private IgmpLink linkOf(NetworkInterface at) throws Malformed {
        for (IgmpLink link : links) {
            if (link.isOf(at)) {
                return link;
            }
        }
        if (!ipv4.context().budget().reserve(IgmpLink.MEMORY)) {
            throw Drop.MEMORY_DRY.malformed();
        }
        IgmpLink added = new IgmpLink(ipv4, at);
        links.add(added);
        return added;
    }

    @Override
    public void sent(Octets packet, NetworkInterface by) {
        own.sent(packet, by, PROTOCOL);
    }

    @Override
    public boolean accepts(NetworkInterface from, int group, int source) {
        if (group == ALL_HOSTS) {
            return true;
        }
        for (int i = 0; i < links.size(); i++) {
            if (links.get(i).isOf(from)) {
                return links.get(i).accepts(group, source);
            }
        }
        return false;
    }

    @Override
    public int protocol() {
        return PROTOCOL;
    }

    @Override
    public void receive(IpPacket packet) throws Malformed {
        Octets in = packet.payload();
        in.require(SIZE, IgmpDrop.TRUNCATED);
        if (!InternetChecksum.isRight(InternetChecksum.sum(in))) {
            throw IgmpDrop.BAD_CHECKSUM.malformed();
        }
        if (packet.hopLimit() != 1) {
            throw IgmpDrop.IGNORED.malformed();
        }
        received++;
        switch (TYPE.get(in)) {
            case QUERY -> query(in, linkOf(packet.from()));
            case V1_REPORT, V2_REPORT -> linkOf(packet.from()).reported(GROUP.get(in));
            default -> throw IgmpDrop.IGNORED.malformed();
        }
    }

    /** The version of a query is in its length and in its response time (RFC 3376, section 7.1). */
    private static void query(Octets in, IgmpLink link) throws Malformed {
        int code = RESPONSE_TIME.get(in);
        int group = GROUP.get(in);
        if (group != 0 && !Ipv4Address.isMulticast(group)) {
            throw IgmpDrop.IGNORED.malformed();
        }
        if (in.length() == SIZE) {
            link.query(code == 0 ? 1 : 2, code == 0 ? VERSION_1_TIME : code * TENTH, group, Sources.NONE);
            return;
        }
        in.require(QUERY_SIZE, IgmpDrop.TRUNCATED);
        in.require(QUERY_SIZE + 4 * SOURCE_COUNT.get(in), IgmpDrop.TRUNCATED);
        int[] sources = new int[SOURCE_COUNT.get(in)];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = U32.at(QUERY_SIZE + 4 * i).get(in);
        }
        link.adopt(ROBUSTNESS.get(in) & 7, number(QUERY_INTERVAL.get(in)) * SECOND);
        link.query(3, number(code) * TENTH, group, Sources.of(sources));
    }

    /** The number that a code stands for, from 128 on a floating-point one (RFC 3376, sections 4.1.1 and 4.1.7). */
    private static int number(int code) {
        return code < 128 ? code : (code & 0xF | 0x10) << (code >> 4 & 7) + 3;
    }

    @Override
    public long deadline() {
        long deadline = NEVER;
        for (int i = 0; i < links.size(); i++) {
            deadline = Math.min(deadline, links.get(i).deadline());
        }
        return deadline;
    }

    @Override
    public long poll(long now) {
        for (int i = 0; i < links.size(); i++) {
            links.get(i).poll(now);
        }
        return deadline();
    }

    @Override
    public void report(Report report) {
        long sent = 0;
        for (IgmpLink link : links) {
            sent += link.sent();
        }
        report.add("igmp.received", received).add("igmp.sent", sent);
    }
}

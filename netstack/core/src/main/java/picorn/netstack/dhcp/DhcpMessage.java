// SPDX-License-Identifier: MIT
package picorn.netstack.dhcp;

import java.util.Optional;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.MacAddress;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.Span;
import picorn.netstack.octets.U16;
import picorn.netstack.octets.U32;
import picorn.netstack.octets.U48;
import picorn.netstack.octets.U8;

/**
 * DHCP message (RFC 2131, section 2) of an Ethernet client.
 *
 * @param op {@link #BOOTREQUEST} or {@link #BOOTREPLY}
 * @param xid what a client tells answers to itself by
 * @param secs seconds since the client began to ask
 * @param flags {@link #BROADCAST} or 0
 * @param ciaddr the client's address, if it has one that works
 * @param yiaddr the address that the client is given
 * @param giaddr the relay agent's address, if there is one
 * @param chaddr the client's hardware address
 * @param options the options
 */
public record DhcpMessage(
        int op,
        int xid,
        int secs,
        int flags,
        Ipv4Address ciaddr,
        Ipv4Address yiaddr,
        Ipv4Address giaddr,
        MacAddress chaddr,
        DhcpOptions options) {
    /** A client's message. */
    public static final int BOOTREQUEST = 1;

    /** A server's message. */
    public static final int BOOTREPLY = 2;

    /** The flag of clients that cannot take unicast before they have an address. */
    public static final int BROADCAST = 0x8000;

    /** The port of servers. */
    public static final int SERVER_PORT = 67;

    /** The port of clients. */
    public static final int CLIENT_PORT = 68;

    /** No message is shorter, lest old BOOTP software refuse it (RFC 1542, section 2.1). */
    public static final int SHORTEST = 300;

    private static final U8 OP = U8.at(0);
    private static final U8 HTYPE = OP.next();
    private static final U8 HLEN = HTYPE.next();
    private static final U8 HOPS = HLEN.next();
    private static final U32 XID = U32.after(HOPS);
    private static final U16 SECS = U16.after(XID);
    private static final U16 FLAGS = SECS.next();
    private static final U32 CIADDR = U32.after(FLAGS);
    private static final U32 YIADDR = CIADDR.next();
    private static final U32 SIADDR = YIADDR.next();
    private static final U32 GIADDR = SIADDR.next();
    private static final U48 CHADDR = U48.after(GIADDR);
    private static final Span CHADDR_REST = Span.after(CHADDR, 10);
    private static final Span SNAME = Span.after(CHADDR_REST, 64);
    private static final Span FILE = Span.after(SNAME, 128);
    private static final U32 COOKIE = U32.after(FILE);
    private static final int OPTIONS = COOKIE.end();
    private static final int MAGIC = 0x6382_5363;
    private static final int ETHERNET = 1;

    /**
     * Reads a message with all its options, those in {@code file} and {@code sname} included.
     *
     * @param in a message to its last octet
     * @return the message
     * @throws Malformed if it is cut short, not DHCP over Ethernet, or has impossible options
     */
    public static DhcpMessage parse(Octets in) throws Malformed {
        in.require(OPTIONS, DhcpDrop.TRUNCATED);
        if (COOKIE.get(in) != MAGIC || HTYPE.get(in) != ETHERNET || HLEN.get(in) != 6) {
            throw DhcpDrop.BAD_FORMAT.malformed();
        }
        return new DhcpMessage(
                OP.get(in),
                XID.get(in),
                SECS.get(in),
                FLAGS.get(in),
                new Ipv4Address(CIADDR.get(in)),
                new Ipv4Address(YIADDR.get(in)),
                new Ipv4Address(GIADDR.get(in)),
                new MacAddress(CHADDR.get(in)),
                parseOptions(in));
    }

    private static DhcpOptions parseOptions(Octets in) throws Malformed {
        DhcpOptions options = new DhcpOptions();
        options.parse(new Octets().aim(in, OPTIONS, in.length() - OPTIONS));
        long overload = options.number(DhcpOption.OVERLOAD).orElse(0);
        if ((overload & 1) != 0) {
            options.parse(new Octets().aim(in, FILE.offset(), FILE.length()));
        }
        if ((overload & 2) != 0) {
            options.parse(new Octets().aim(in, SNAME.offset(), SNAME.length()));
        }
        return options;
    }

    /**
     * How long the message is when it is written.
     *
     * @return octets
     */
    public int size() {
        return Math.max(OPTIONS + options.size(), SHORTEST);
    }

    /**
     * Writes the message.
     *
     * @param out room for {@link #size()} octets
     */
    public void emit(Octets out) {
        out.clear(0, size());
        OP.set(out, op);
        HTYPE.set(out, ETHERNET);
        HLEN.set(out, 6);
        XID.set(out, xid);
        SECS.set(out, secs);
        FLAGS.set(out, flags);
        CIADDR.set(out, ciaddr.bits());
        YIADDR.set(out, yiaddr.bits());
        SIADDR.set(out, nextServer().bits());
        GIADDR.set(out, giaddr.bits());
        CHADDR.set(out, chaddr.bits());
        COOKIE.set(out, MAGIC);
        options.emit(new Octets().aim(out, OPTIONS, out.length() - OPTIONS));
    }

    /** A server that names a boot file has it itself. */
    private Ipv4Address nextServer() {
        return options.octets(DhcpOption.BOOTFILE_NAME)
                .flatMap(name -> options.address(DhcpOption.SERVER_IDENTIFIER))
                .orElse(Ipv4Address.UNSPECIFIED);
    }

    /**
     * What message it is.
     *
     * @return its type, nothing if it does not say a known one
     */
    public Optional<DhcpMessageType> type() {
        return DhcpMessageType.of((int) options.number(DhcpOption.MESSAGE_TYPE).orElse(0));
    }
}

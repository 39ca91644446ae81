// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import picorn.netstack.address.AddressPair;
import picorn.netstack.context.Counter;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.StackContext;
import picorn.netstack.ip.Cast;
import picorn.netstack.ip.ErrorKind;
import picorn.netstack.ip.ErrorSender;
import picorn.netstack.ip.IpError;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.ip.Ipv4Fields;
import picorn.netstack.ip.Route;
import picorn.netstack.ip.SendOptions;
import picorn.netstack.ip.SendResult;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** The error messages of ICMP (RFC 792; RFC 1122, section 3.2.2; RFC 1812, section 4.3.2), sent at a bounded rate, and taken. */
final class IcmpErrors implements ErrorSender {
    private static final int PER_SECOND = 100;
    private static final int BURST = 50;
    /** An error message has at most 576 octets (RFC 1812, section 4.3.2.3). */
    private static final int LONGEST = 576 - Ipv4Fields.SIZE - IcmpFields.SIZE;

    private final StackContext context;
    private final Ipv4 ip;
    private final IcmpSender sender;
    private final AddressPair back = new AddressPair();
    private final TokenBucket bucket = new TokenBucket(BURST, PER_SECOND);
    private final IpError error = new IpError();
    private final Octets quoted = new Octets();
    private final Counter sent;

    IcmpErrors(StackContext context, Ipv4 ip, IcmpSender sender) {
        this.context = context;
        this.ip = ip;
        this.sender = sender;
        sent = context.counter("icmp.errors-sent");
    }

    void receive(IpPacket packet, int type) throws Malformed {
        Octets in = packet.payload();
        quoted.aim(in, IcmpFields.SIZE, in.length() - IcmpFields.SIZE);
        int code = IcmpFields.CODE.get(in);
        int word = IcmpFields.WORD.get(in);
        error.set(
                quoted,
                IcmpErrorKinds.of(type, code),
                code,
                word,
                packet.addresses().sourceIpv4());
        ip.input().error(error);
    }

    @Override
    public void tell(IpPacket packet, ErrorKind kind, int detail) {
        if (mustNotTellOf(packet)) {
            return;
        }
        if (!bucket.take(context.now())) {
            context.drops().count(IcmpDrop.RATE_LIMITED);
            return;
        }
        int us = packet.addresses().destinationIpv4();
        back.setIpv4(packet.cast() == Cast.UNICAST ? us : 0, packet.addresses().sourceIpv4());
        Octets whole = packet.whole();
        int length = Math.min(whole.length(), LONGEST);
        Route route = ip.route(back);
        if (sender.check(route, length, SendOptions.DEFAULT) == SendResult.SENT) {
            int word = kind == ErrorKind.BAD_HEADER ? detail << 24 : detail;
            PacketBuffer message = sender.start(route, length, SendOptions.DEFAULT, kind.type(), kind.code(), word);
            message.octets().put(IcmpFields.SIZE, whole, 0, length);
            sender.send(message, route, back, SendOptions.DEFAULT);
            sent.count();
        }
    }

    /** RFC 1122, section 3.2.2: not of errors, of what went to many, of fragments but the first, nor to no single host. */
    private static boolean mustNotTellOf(IpPacket packet) {
        Octets payload = packet.payload();
        boolean many = packet.cast() == Cast.BROADCAST || packet.cast() == Cast.MULTICAST;
        return many
                || packet.addresses().sourceIpv4() == 0
                || packet.isLaterFragment()
                || packet.protocol() == Icmpv4.PROTOCOL
                        && (payload.length() == 0 || IcmpFields.isError(payload.octet(0)));
    }
}

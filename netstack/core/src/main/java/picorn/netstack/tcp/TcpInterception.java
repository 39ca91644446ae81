// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import java.util.function.Predicate;
import picorn.netstack.context.StackContext;
import picorn.netstack.ip.ErrorKind;
import picorn.netstack.ip.ErrorSender;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.octets.Malformed;

/** Takes requests that no listener takes, and keeps each in the table of flows until it is decided. */
final class TcpInterception implements Predicate<Segment> {
    private final Tcp tcp;
    private final StackContext context;
    private final TcpInterceptor decides;
    private final ErrorSender tells;

    TcpInterception(Tcp tcp, StackContext context, TcpInterceptor decides, ErrorSender tells) {
        this.tcp = tcp;
        this.context = context;
        this.decides = decides;
        this.tells = tells;
    }

    /** Takes a request; one for which there is no memory is dropped, and the peer asks again. */
    @Override
    public boolean test(Segment s) {
        if (!s.has(TcpHeader.SYN) || s.has(TcpHeader.ACK) || s.has(TcpHeader.RST)) {
            return false;
        }
        Flow addressed = tcp.answering(s);
        TcpRequest request = new TcpRequest(this, arriving());
        request.addressedLike(addressed);
        request.hash = addressed.hash;
        if (enter(request)) {
            decides.requested(request);
        } else {
            context.drops().count(TcpDrop.MEMORY_DRY);
        }
        return true;
    }

    /** The packet that arrives, to be kept. */
    IpPacket arriving() {
        return tcp.arriving().copy();
    }

    private boolean enter(TcpRequest request) {
        if (!context.budget().reserve(TcpRequest.MEMORY)) {
            return false;
        }
        if (!tcp.flows().table().add(request)) {
            context.budget().release(TcpRequest.MEMORY);
            return false;
        }
        return true;
    }

    void decided(TcpRequest request) {
        tcp.flows().table().remove(request);
        context.budget().release(TcpRequest.MEMORY);
    }

    TcpSocket accept(IpPacket packet, TcpConfig config) {
        Segment s = segment(packet);
        Connection c = tcp.flows().passive(config, s);
        if (c.failure != null) {
            return tcp.failed(c, TcpFailure.OUT_OF_MEMORY);
        }
        tcp.listenArrives().answer(c, s);
        return new TcpSocket(c);
    }

    void refuse(IpPacket packet) {
        tcp.reset(segment(packet));
    }

    void unreachable(IpPacket packet, ErrorKind why) {
        tells.tell(packet, why, 0);
    }

    /** The segment of a packet that has been found well-formed before. */
    private static Segment segment(IpPacket packet) {
        try {
            Segment s = new Segment();
            s.parse(packet);
            return s;
        } catch (Malformed e) {
            throw new IllegalStateException("a request that was checked is malformed now", e);
        }
    }
}

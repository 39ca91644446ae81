// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.address.IpAddress;
import picorn.netstack.context.Timed;
import picorn.netstack.ip.ErrorKind;
import picorn.netstack.ip.IpPacket;

/**
 * A request for a connection, the SYN of RFC 9293, section 3.5, that is answered when somebody has decided on it.
 *
 * <pre>{@code
 * stack.tcp().intercept(
 *         request -> serve(request.accept(TcpConfig.DEFAULT)), stack.ipv4().errors());
 * }</pre>
 */
public final class TcpRequest extends Flow {
    /** Octets of this object and of the packet that it keeps. */
    static final int MEMORY = Flow.MEMORY + 256;

    private final TcpInterception interception;
    private IpPacket packet;
    private boolean decided;

    TcpRequest(TcpInterception interception, IpPacket packet) {
        this.interception = interception;
        this.packet = packet;
    }

    /**
     * The address that is to be reached.
     *
     * @return a new object
     */
    public IpAddress localAddress() {
        return addresses.source();
    }

    /**
     * The port that is to be reached.
     *
     * @return 0 to 65535
     */
    public int localPort() {
        return localPort;
    }

    /**
     * Who asks.
     *
     * @return a new object
     */
    public IpAddress remoteAddress() {
        return addresses.destination();
    }

    /**
     * From which port.
     *
     * @return 0 to 65535
     */
    public int remotePort() {
        return remotePort;
    }

    /**
     * Makes the connection; {@link TcpSocket#onReady} tells when it is established.
     *
     * @param config how it behaves
     * @return the socket, to be closed by the caller; it has failed if there is no memory for it
     * @throws IllegalStateException if the request has been decided
     */
    public TcpSocket accept(TcpConfig config) {
        decide();
        return interception.accept(packet, config);
    }

    /**
     * Resets it, as if nobody listened.
     *
     * @throws IllegalStateException if the request has been decided
     */
    public void refuse() {
        decide();
        interception.refuse(packet);
    }

    /**
     * Tells the peer by ICMP that the address is not reached.
     *
     * @param why what is told
     * @throws IllegalStateException if the request has been decided
     */
    public void unreachable(ErrorKind why) {
        decide();
        interception.unreachable(packet, why);
    }

    private void decide() {
        if (decided) {
            throw new IllegalStateException("the request from TCP port " + remotePort + " has been decided");
        }
        decided = true;
        interception.decided(this);
    }

    @Override
    long deadline() {
        return Timed.NEVER;
    }

    @Override
    void wake(long now) {}

    /** A repetition may come from a peer that has begun anew, with another sequence number. */
    @Override
    void arrives(Segment segment) {
        if (segment.has(TcpHeader.SYN)) {
            packet = interception.arriving();
        }
    }
}

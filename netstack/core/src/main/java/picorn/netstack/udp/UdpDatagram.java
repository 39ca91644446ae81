// SPDX-License-Identifier: MIT
package picorn.netstack.udp;

import java.util.Objects;
import picorn.netstack.address.AddressPair;
import picorn.netstack.address.IpAddress;

/**
 * A datagram in a buffer of the caller's, with the peer's address and port; one serves for any number of receptions, and can
 * be sent back as it was received, without allocation.
 */
public final class UdpDatagram {
    private final byte[] buffer;
    /** From here to the peer, as it is to be sent. */
    private final AddressPair addresses = new AddressPair();

    private int length;
    private int port;
    private boolean truncated;

    /**
     * An empty datagram.
     *
     * @param buffer where its data goes; longer data is cut off
     */
    public UdpDatagram(byte[] buffer) {
        this.buffer = buffer;
    }

    /**
     * Addresses it.
     *
     * @param peer to whom
     * @param port to which port, 1 to 65535
     * @return this
     */
    public UdpDatagram to(IpAddress peer, int port) {
        Ports.check(port);
        addresses.anySource().destination(peer.high(), peer.low());
        this.port = port;
        return this;
    }

    /**
     * Says how much of the buffer is data.
     *
     * @param length octets
     * @return this
     */
    public UdpDatagram length(int length) {
        this.length = Objects.checkIndex(length, buffer.length + 1);
        return this;
    }

    /**
     * Where the data is.
     *
     * @return the caller's buffer
     */
    public byte[] buffer() {
        return buffer;
    }

    /**
     * How much of the buffer is data.
     *
     * @return octets
     */
    public int length() {
        return length;
    }

    /**
     * The peer: who sent it, or is to receive it.
     *
     * @return a new object
     */
    public IpAddress peer() {
        return addresses.destination();
    }

    /**
     * The peer's port.
     *
     * @return 0 to 65535; 0 if the peer wants no answer
     */
    public int port() {
        return port;
    }

    /**
     * Whether more data was received than the buffer holds.
     *
     * @return true if some was cut off
     */
    public boolean isTruncated() {
        return truncated;
    }

    AddressPair addresses() {
        return addresses;
    }

    void received(int port, int length) {
        this.port = port;
        this.length = Math.min(length, buffer.length);
        truncated = length > buffer.length;
    }
}

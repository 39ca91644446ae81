// SPDX-License-Identifier: MIT
package picorn.netstack.service;

import picorn.netstack.octets.Drop;
import picorn.netstack.stack.Stack;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

/** Sends every datagram to UDP port 7 back to where it came from (RFC 862), unless that is an echo service too. */
public final class UdpEchoService {
    /** A datagram of one echo service to another, which would never end. */
    public static final Drop LOOP = new Drop("echo.loop");

    /** The port of the service. */
    public static final int PORT = 7;

    private static final int QUEUE = 4096;
    private static final int LONGEST = 1472;

    private final Stack stack;
    private final UdpSocket socket;
    private final UdpDatagram datagram = new UdpDatagram(new byte[LONGEST]);
    private long echoed;

    private UdpEchoService(Stack stack) {
        stack.budget().demand(LONGEST, "the UDP echo service");
        this.stack = stack;
        socket = stack.udp().bind(PORT, QUEUE);
        socket.onReadable(this::echo);
    }

    /**
     * Starts the service.
     *
     * @param stack where
     * @return the service
     * @throws IllegalStateException if the port is taken
     */
    public static UdpEchoService on(Stack stack) {
        return new UdpEchoService(stack);
    }

    /**
     * Datagrams that were sent back.
     *
     * @return a count
     */
    public long echoed() {
        return echoed;
    }

    private void echo() {
        while (socket.receive(datagram)) {
            if (datagram.port() == PORT || datagram.port() == 0) {
                stack.countDrop(LOOP);
            } else {
                socket.send(datagram);
                echoed++;
            }
        }
    }
}

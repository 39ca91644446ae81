// SPDX-License-Identifier: MIT
package picorn.netstack.bench;

import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

/** Datagrams between two stacks of one thread, sent back by the second. */
final class UdpEcho {
    private static final int PORT = 7;
    private static final int QUEUE = 1 << 20;
    private static final int BURST = 64;

    private final TwoStacks stacks = new TwoStacks();
    private final UdpSocket client = stacks.one().udp().bind(QUEUE);
    private final UdpSocket server = stacks.two().udp().bind(PORT, QUEUE);
    private final UdpDatagram question;
    private final UdpDatagram answer = new UdpDatagram(new byte[1472]);

    UdpEcho(int length) {
        question = new UdpDatagram(new byte[length]).to(TwoStacks.TWO, PORT).length(length);
        UdpDatagram datagram = new UdpDatagram(new byte[1472]);
        server.onReadable(() -> {
            while (server.receive(datagram)) {
                server.send(datagram);
            }
        });
        exchange(1);
    }

    /** Sends datagrams in bursts; returns when so many have come back. */
    void exchange(long count) {
        long back = 0;
        long sent = 0;
        while (back < count) {
            for (int i = 0; i < BURST && sent < count; i++, sent++) {
                client.send(question);
            }
            stacks.turn();
            while (client.receive(answer)) {
                back++;
            }
        }
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;

/** A UDP port of the host's whose datagrams lead to the guest: a flow for each peer. */
final class UdpForward implements HostForward {
    private final int index;
    private final HostSockets sockets;
    private final DatagramChannel channel;
    private final Map<SocketAddress, Integer> flows = new HashMap<>();

    private UdpForward(int index, HostSockets sockets, DatagramChannel channel) {
        this.index = index;
        this.sockets = sockets;
        this.channel = channel;
    }

    static UdpForward open(int index, InetSocketAddress at, HostSockets sockets, Selector selector) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.bind(at);
            channel.configureBlocking(false);
            UdpForward forward = new UdpForward(index, sockets, channel);
            channel.register(selector, SelectionKey.OP_READ, forward);
            return forward;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** What one peer gets. */
    private final class Peer implements HostFlow {
        private final int flow;
        private final SocketAddress address;

        Peer(int flow, SocketAddress address) {
            this.flow = flow;
            this.address = address;
        }

        @Override
        public int number() {
            return flow;
        }

        @Override
        public void ready() {}

        @Override
        public void take(Message order) {
            try {
                channel.send(ByteBuffer.wrap(order.octets()), address);
            } catch (IOException e) {
                // lost, as datagrams may be
            }
        }

        @Override
        public void close() {
            flows.remove(address);
        }
    }

    @Override
    public InetSocketAddress at() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    @Override
    public void ready() throws IOException, InterruptedException {
        ByteBuffer datagram = sockets.scratch().clear();
        SocketAddress peer = channel.receive(datagram);
        if (peer == null || !flows.containsKey(peer) && sockets.isFull()) {
            return;
        }
        if (!flows.containsKey(peer)) {
            int flow = sockets.newFlow();
            flows.put(peer, flow);
            sockets.add(new Peer(flow, peer));
            sockets.post(Message.of(Message.Kind.ARRIVED, flow, index));
        }
        byte[] octets = new byte[datagram.flip().remaining()];
        datagram.get(octets);
        sockets.post(new Message(Message.Kind.DATAGRAM, flows.get(peer), octets));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

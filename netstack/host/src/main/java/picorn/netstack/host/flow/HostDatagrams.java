// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** A UDP socket of the host's that exchanges datagrams with one peer; those that cannot be sent are lost. */
final class HostDatagrams implements HostFlow {
    private final int flow;
    private final HostSockets sockets;
    private final DatagramChannel channel;

    private HostDatagrams(int flow, HostSockets sockets, DatagramChannel channel) {
        this.flow = flow;
        this.sockets = sockets;
        this.channel = channel;
    }

    static HostDatagrams with(Target target, int flow, HostSockets sockets, Selector selector) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.connect(target.address());
            HostDatagrams flowing = new HostDatagrams(flow, sockets, channel);
            channel.register(selector, SelectionKey.OP_READ, flowing);
            return flowing;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public int number() {
        return flow;
    }

    @Override
    public void ready() throws InterruptedException {
        ByteBuffer datagram = sockets.scratch().clear();
        try {
            channel.read(datagram);
        } catch (PortUnreachableException e) {
            sockets.end(this, Message.Kind.REFUSED);
            return;
        } catch (IOException e) {
            sockets.end(this, Message.Kind.UNREACHABLE);
            return;
        }
        byte[] octets = new byte[datagram.flip().remaining()];
        datagram.get(octets);
        sockets.post(new Message(Message.Kind.DATAGRAM, flow, octets));
    }

    @Override
    public void take(Message order) {
        try {
            channel.write(ByteBuffer.wrap(order.octets()));
        } catch (IOException e) {
            // lost, as datagrams may be
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A TCP port of the host's whose connections lead to the guest. */
final class TcpForward implements HostForward {
    private static final int BACKLOG = 128;

    private final int index;
    private final HostSockets sockets;
    private final Selector selector;
    private final ServerSocketChannel channel;
    private final SelectionKey key;

    private TcpForward(
            int index, HostSockets sockets, Selector selector, ServerSocketChannel channel, SelectionKey key) {
        this.index = index;
        this.sockets = sockets;
        this.selector = selector;
        this.channel = channel;
        this.key = key;
    }

    static TcpForward open(int index, InetSocketAddress at, HostSockets sockets, Selector selector) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(at, BACKLOG);
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_ACCEPT);
            TcpForward forward = new TcpForward(index, sockets, selector, channel, key);
            key.attach(forward);
            return forward;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public InetSocketAddress at() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    /** When the host has no more sockets, it waits until one is closed. */
    @Override
    public void ready() throws InterruptedException {
        try {
            SocketChannel client = channel.accept();
            if (client != null) {
                serve(client);
            }
        } catch (IOException e) {
            key.interestOps(0);
        }
    }

    private void serve(SocketChannel client) throws IOException, InterruptedException {
        if (sockets.isFull()) {
            client.close();
            return;
        }
        int flow = sockets.newFlow();
        try {
            sockets.add(HostConnection.over(client, flow, sockets, selector));
        } catch (IOException e) {
            client.close();
            return;
        }
        sockets.post(Message.of(Message.Kind.ARRIVED, flow, index));
    }

    @Override
    public void resume() {
        if (key.isValid()) {
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

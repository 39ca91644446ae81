// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;

/** A TCP connection of the host's: octets pass as far as there is credit, and each direction ends by itself. */
final class HostConnection implements HostFlow {
    /** Octets under way in one direction of a connection, at most. */
    private static final int WINDOW = 256 * 1024;

    /** The same where there are many connections, so that all together do not take much memory. */
    private static final int SMALL_WINDOW = 32 * 1024;

    private static final int MANY = 256;

    private static final int CHUNK = 16 * 1024;

    private final int flow;
    private final HostSockets sockets;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ArrayDeque<ByteBuffer> out = new ArrayDeque<>();
    /** Octets that the guest's side takes. */
    private int credit;

    private boolean outputEnds;
    private boolean outputEnded;
    private boolean inputEnded;

    private HostConnection(int flow, HostSockets sockets, SocketChannel channel, SelectionKey key) {
        this.flow = flow;
        this.sockets = sockets;
        this.channel = channel;
        this.key = key;
        credit = window(sockets.count());
    }

    /** The octets that may be under way in one direction of a connection that begins when there are so many flows. */
    static int window(int flows) {
        return flows < MANY ? WINDOW : SMALL_WINDOW;
    }

    /** Begins to connect. */
    static HostConnection to(Target target, int flow, HostSockets sockets, Selector selector)
            throws IOException, InterruptedException {
        SocketChannel channel = SocketChannel.open();
        try {
            HostConnection connection = over(channel, flow, sockets, selector);
            if (channel.connect(target.address())) {
                connection.connected();
            } else {
                connection.key.interestOps(SelectionKey.OP_CONNECT);
            }
            return connection;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Serves a connection that has been made. */
    static HostConnection over(SocketChannel channel, int flow, HostSockets sockets, Selector selector)
            throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(selector, channel.isConnected() ? SelectionKey.OP_READ : 0);
        HostConnection connection = new HostConnection(flow, sockets, channel, key);
        key.attach(connection);
        return connection;
    }

    private void connected() throws InterruptedException {
        sockets.post(Message.of(Message.Kind.CONNECTED, flow));
        updateInterest();
    }

    @Override
    public int number() {
        return flow;
    }

    @Override
    public void ready() throws IOException, InterruptedException {
        if (key.isConnectable()) {
            finishConnecting();
            return;
        }
        if (key.isWritable()) {
            flush();
        }
        if (channel.isOpen() && key.isReadable()) {
            read();
        }
    }

    private void finishConnecting() throws IOException, InterruptedException {
        try {
            channel.finishConnect();
        } catch (IOException e) {
            sockets.end(this, failure(e));
            return;
        }
        connected();
    }

    /** Why there is no connection; one class stands for a refusal and for no answer. */
    static Message.Kind failure(Exception e) {
        return e instanceof ConnectException && String.valueOf(e.getMessage()).contains("refused")
                ? Message.Kind.REFUSED
                : Message.Kind.UNREACHABLE;
    }

    private void read() throws IOException, InterruptedException {
        ByteBuffer chunk = sockets.scratch();
        chunk.clear().limit(Math.min(CHUNK, credit));
        int count = channel.read(chunk);
        if (count > 0) {
            credit -= count;
            byte[] octets = new byte[count];
            chunk.flip().get(octets);
            sockets.post(new Message(Message.Kind.OCTETS, flow, octets));
        } else if (count < 0) {
            inputEnded = true;
            sockets.post(Message.of(Message.Kind.END, flow));
        }
        proceed();
    }

    @Override
    public void take(Message order) throws IOException, InterruptedException {
        switch (order.kind()) {
            case OCTETS -> out.add(ByteBuffer.wrap(order.octets()));
            case CREDIT -> credit += order.number();
            case END -> outputEnds = true;
            default -> throw new IllegalArgumentException("a connection takes no order " + order.kind());
        }
        flush();
    }

    private void flush() throws IOException, InterruptedException {
        int written = 0;
        while (!out.isEmpty()) {
            written += channel.write(out.peek());
            if (out.peek().hasRemaining()) {
                break;
            }
            out.remove();
        }
        if (written > 0) {
            sockets.post(Message.of(Message.Kind.CREDIT, flow, written));
        }
        if (outputEnds && !outputEnded && out.isEmpty()) {
            outputEnded = true;
            channel.shutdownOutput();
        }
        proceed();
    }

    private void proceed() throws IOException {
        if (inputEnded && outputEnded) {
            sockets.forget(this);
        } else {
            updateInterest();
        }
    }

    private void updateInterest() {
        int read = credit > 0 && !inputEnded ? SelectionKey.OP_READ : 0;
        key.interestOps(read | (out.isEmpty() ? 0 : SelectionKey.OP_WRITE));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public void reset() throws IOException {
        try (channel) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
    }
}

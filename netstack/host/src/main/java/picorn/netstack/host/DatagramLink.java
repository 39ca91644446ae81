// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * Ethernet frames over UDP, as QEMU's {@code -netdev dgram} has them (QEMU, net/dgram.c): a datagram is a frame.
 *
 * <pre>{@code
 * HostLink link = DatagramLink.between(
 *         new InetSocketAddress("127.0.0.1", 7001), new InetSocketAddress("127.0.0.1", 7002));
 * // qemu-system-arm ... -netdev dgram,id=n,local.type=inet,local.host=127.0.0.1,local.port=7002,
 * //                            remote.type=inet,remote.host=127.0.0.1,remote.port=7001
 * }</pre>
 */
public final class DatagramLink implements HostLink {
    private final Selector selector = Selector.open();
    private final DatagramChannel channel = DatagramChannel.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_FRAME);
    private long dropped;

    private DatagramLink() throws IOException {}

    /**
     * Opens one end.
     *
     * @param local where frames come
     * @param remote where they go; nothing is taken from anybody else
     * @return the link; whether somebody is at the other end is not known
     * @throws IOException if the local address cannot be had
     */
    public static DatagramLink between(InetSocketAddress local, InetSocketAddress remote) throws IOException {
        DatagramLink link = new DatagramLink();
        try {
            link.channel.bind(local).connect(remote).configureBlocking(false);
            link.channel.register(link.selector, SelectionKey.OP_READ);
            return link;
        } catch (IOException | RuntimeException e) {
            link.close();
            throw e;
        }
    }

    @Override
    public void receive(byte[] frame, int offset, int length, long now) {
        try {
            if (channel.write(ByteBuffer.wrap(frame, offset, length)) == 0) {
                dropped++;
            }
        } catch (IOException e) {
            dropped++; // nobody is there, yet or any more
        }
    }

    /**
     * Frames that were not sent.
     *
     * @return a count
     */
    public long dropped() {
        return dropped;
    }

    @Override
    public int take(byte[] into) throws IOException {
        buffer.clear();
        try {
            if (!channel.isOpen()) {
                throw new EOFException("the link is closed");
            }
            channel.read(buffer);
        } catch (PortUnreachableException e) {
            return 0;
        }
        buffer.flip();
        int length = buffer.remaining();
        buffer.get(into, 0, length);
        return length;
    }

    @Override
    public void await(long nanoseconds) throws IOException {
        SelectorWait.await(selector, nanoseconds);
    }

    @Override
    public void wake() {
        selector.wakeup();
    }

    @Override
    public void close() {
        try {
            channel.close();
            selector.close();
        } catch (IOException e) {
            // gone all the same
        }
    }
}

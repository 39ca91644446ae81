// SPDX-License-Identifier: MIT
package picorn.netstack.host.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpListener;
import picorn.netstack.tcp.TcpSocket;

/**
 * Segments about right for a connection, in any order, among calls of its user: nothing is thrown, no memory is lost, and
 * every connection comes to an end when both sides have gone.
 */
class TcpConnectionFuzzTest {
    private static final int PEER_PORT = 5000;
    private static final int PORT = 80;
    private static final int MINUTE = 60;
    private static final long SECOND = 1_000_000_000L;

    private final byte[] buffer = new byte[3000];

    @FuzzTest(maxDuration = "1m")
    void survives(FuzzedDataProvider data) {
        FuzzedStation station = new FuzzedStation();
        TcpConfig config =
                TcpConfig.DEFAULT.receiveBuffer(4000).sendBuffer(4000).backlog(4);
        List<TcpSocket> sockets = new ArrayList<>();
        Peer peer = new Peer();
        if (data.consumeBoolean()) {
            sockets.add(station.stack().tcp().connect(new Ipv4Address(Frames.PEER), PEER_PORT, config));
        }
        TcpListener listener = station.stack().tcp().listen(PORT, config);
        while (data.remainingBytes() > 0) {
            peer.see(station.sent());
            act(data, station, peer, sockets);
            listener.accept().ifPresent(sockets::add);
        }
        listener.close();
        sockets.forEach(TcpSocket::abort);
        station.advance(30 * MINUTE * SECOND);
        long flows = station.stack().counters().counters().get("tcp.flows");
        if (flows != 0) {
            throw new AssertionError(
                    flows + " connections are left for ever: " + station.stack().report());
        }
    }

    private void act(FuzzedDataProvider data, FuzzedStation station, Peer peer, List<TcpSocket> sockets) {
        int action = data.consumeInt(0, 9);
        if (action < 6) {
            station.give(Frames.ethernet(0x0800, Frames.ipv4(6, Frames.US, peer.segment(data))));
        } else if (action == 6) {
            station.advance(data.consumeLong(0, 20 * SECOND));
        } else if (!sockets.isEmpty()) {
            use(sockets.get(data.consumeInt(0, sockets.size() - 1)), data);
        }
    }

    private void use(TcpSocket socket, FuzzedDataProvider data) {
        switch (data.consumeInt(0, 4)) {
            case 0 -> socket.read(buffer, 0, data.consumeInt(1, buffer.length));
            case 1 -> writeIfOpen(socket, data.consumeInt(1, buffer.length));
            case 2 -> socket.shutdownOutput();
            case 3 -> socket.close();
            default -> socket.abort();
        }
    }

    private void writeIfOpen(TcpSocket socket, int length) {
        if (socket.writable() > 0) {
            socket.write(buffer, 0, length);
        }
    }

    /** What the peer knows of the connection from the segments that it has seen. */
    private static final class Peer {
        private static final int SYN = 2;
        private int ourPort = PORT;
        private int theirNext;
        private int ourAcknowledged = 1000;

        void see(List<byte[]> frames) {
            for (byte[] frame : frames) {
                if (Frames.isTcp(frame)) {
                    see(ByteBuffer.wrap(Frames.payload(frame)));
                }
            }
            frames.clear();
        }

        private void see(ByteBuffer segment) {
            int flags = segment.get(13);
            int data = segment.limit() - ((segment.get(12) & 0xF0) >>> 2);
            ourPort = segment.getShort(0) & 0xFFFF;
            theirNext = segment.getInt(4) + data + (flags & 1) + (flags >>> 1 & 1);
            if ((flags & 16) != 0) {
                ourAcknowledged = segment.getInt(8);
            }
        }

        byte[] segment(FuzzedDataProvider data) {
            int flags = data.consumeBoolean() ? 16 : data.consumeByte();
            byte[] options = (flags & SYN) != 0 || data.consumeBoolean() ? data.consumeBytes(40) : new byte[0];
            int header = 20 + (options.length + 3 & ~3);
            byte[] payload = data.consumeBoolean() ? new byte[data.consumeInt(0, 1460)] : new byte[0];
            ByteBuffer segment = ByteBuffer.allocate(header + payload.length);
            segment.putShort((short) PEER_PORT).putShort((short) (data.consumeBoolean() ? ourPort : PORT));
            segment.putInt(ourAcknowledged + offset(data)).putInt(theirNext + offset(data));
            segment.putShort((short) (header << 10 | flags & 0xFF));
            segment.putShort(data.consumeBoolean() ? (short) 0xFFFF : data.consumeShort());
            segment.putShort((short) 0)
                    .putShort((flags & 32) != 0 ? data.consumeShort() : 0)
                    .put(options);
            return segment.array();
        }

        private static int offset(FuzzedDataProvider data) {
            return switch (data.consumeInt(0, 5)) {
                case 0 -> data.consumeInt(-5000, 5000);
                case 1 -> data.consumeInt();
                case 2 -> -1;
                default -> 0;
            };
        }
    }
}

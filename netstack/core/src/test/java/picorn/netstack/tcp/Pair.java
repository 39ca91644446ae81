// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import java.io.ByteArrayOutputStream;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.link.Network;
import picorn.netstack.link.Wire;
import picorn.netstack.link.WireTiming;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;

/** Two stacks, 10.0.0.1 and 10.0.0.2, joined by a wire, and time that passes as the test says. */
final class Pair {
    static final Ipv4Address A = Ipv4Address.parse("10.0.0.1");
    static final Ipv4Address B = Ipv4Address.parse("10.0.0.2");
    static final int PORT = 80;
    static final long SECOND = 1_000_000_000L;
    static final long MILLISECOND = 1_000_000L;

    final Wire wire;
    final Stack a;
    final Stack b;
    final Network network;
    long now;

    Pair() {
        this(256 * 1024, WireTiming.FAST_ETHERNET);
    }

    Pair(long memory, WireTiming timing) {
        wire = new Wire(timing, 256);
        a = new Stack(StackConfig.named("a").seed(1).memory(memory));
        b = new Stack(StackConfig.named("b").seed(2).memory(memory));
        wire.a()
                .connect(a.attach(
                        new EthernetConfig("eth0", MacAddress.parse("02:00:00:00:00:0a"), new Ipv4Prefix(A, 24)),
                        wire.a()));
        wire.b()
                .connect(b.attach(
                        new EthernetConfig("eth0", MacAddress.parse("02:00:00:00:00:0b"), new Ipv4Prefix(B, 24)),
                        wire.b()));
        network = new Network(wire, a, b);
    }

    void run(long nanoseconds) {
        now += nanoseconds;
        network.poll(now);
    }

    /** A connection from a to b, both ends. */
    TcpSocket[] connected(TcpConfig config) {
        TcpListener listener = b.tcp().listen(PORT, config);
        TcpSocket client = a.tcp().connect(B, PORT, config);
        run(SECOND);
        TcpSocket server = listener.accept().orElseThrow();
        return new TcpSocket[] {client, server};
    }

    static byte[] pattern(int length) {
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) (i * 31 + (i >> 8));
        }
        return data;
    }

    static byte[] readAll(TcpSocket socket) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[777];
        for (int n = socket.read(buffer, 0, buffer.length); n > 0; n = socket.read(buffer, 0, buffer.length)) {
            all.write(buffer, 0, n);
        }
        return all.toByteArray();
    }

    /** Sends data from one end to the other in steps of a millisecond, for so many steps at most. */
    byte[] transfer(TcpSocket from, TcpSocket to, byte[] data, int steps) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int written = 0;
        for (int i = 0; i < steps && all.size() < data.length; i++) {
            written += from.write(data, written, data.length - written);
            run(MILLISECOND);
            all.writeBytes(readAll(to));
        }
        return all.toByteArray();
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import java.io.ByteArrayOutputStream;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.link.Impairment;
import picorn.netstack.link.ImpairmentConfig;
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
    /** When something was received last. */
    long received;

    Pair() {
        this(256 * 1024, ImpairmentConfig.NONE, 0);
    }

    Pair(long memory, ImpairmentConfig impaired, long seed) {
        wire = new Wire(new WireTiming(1_000_000_000, 1_000), 256);
        Impairment toB = new Impairment(impaired, seed, wire.a());
        Impairment toA = new Impairment(impaired, ~seed, wire.b());
        a = new Stack(StackConfig.named("a").seed(1).memory(memory));
        b = new Stack(StackConfig.named("b").seed(2).memory(memory));
        wire.a()
                .connect(a.attach(
                        new EthernetConfig("eth0", MacAddress.parse("02:00:00:00:00:0a"), new Ipv4Prefix(A, 24)), toB));
        wire.b()
                .connect(b.attach(
                        new EthernetConfig("eth0", MacAddress.parse("02:00:00:00:00:0b"), new Ipv4Prefix(B, 24)), toA));
        network = new Network(wire, toA, toB, a, b);
    }

    void run(long nanoseconds) {
        now += nanoseconds;
        network.poll(now);
    }

    /** A connection from a to b, both ends. */
    TcpSocket[] connected(TcpConfig config) {
        TcpListener listener = b.tcp().listen(PORT, config);
        TcpSocket client = a.tcp().connect(B, PORT, config);
        for (int i = 0; i < 100 && !listener.isReady(); i++) {
            run(SECOND);
        }
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

    /** Sends data from one end to the other, both users acting as soon as they are told. */
    byte[] transfer(TcpSocket from, TcpSocket to, byte[] data) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int[] written = new int[1];
        from.onReady(() -> written[0] += from.write(data, written[0], data.length - written[0]));
        to.onReady(() -> {
            all.writeBytes(readAll(to));
            received = b.now();
        });
        written[0] += from.write(data, 0, data.length);
        for (int i = 0; i < 36_000 && all.size() < data.length && from.failure().isEmpty(); i++) {
            run(100 * MILLISECOND);
        }
        from.onReady(() -> {});
        to.onReady(() -> {});
        return all.toByteArray();
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import picorn.netstack.octets.InternetChecksum;

/** The stack in memory, two of them on one thread. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class StackBenchmark {
    private static final int MEGABYTE = 1 << 20;
    private static final int BATCH = 1024;

    /** A TCP connection. */
    @State(Scope.Thread)
    public static class Tcp {
        /** Octets of each buffer. */
        @Param({"16384", "65535", "262144"})
        public int buffers;

        private TcpTransfer transfer;

        /** Connects. */
        @Setup(Level.Trial)
        public void connect() {
            transfer = new TcpTransfer(buffers);
        }
    }

    /** A megabyte over TCP; the time is that of an octet. */
    @Benchmark
    @OperationsPerInvocation(MEGABYTE)
    public long tcpOctet(Tcp tcp) {
        return tcp.transfer.carry(MEGABYTE);
    }

    /** An echo service. */
    @State(Scope.Thread)
    public static class Udp {
        /** Octets of each datagram. */
        @Param({"18", "1472"})
        public int length;

        private UdpEcho echo;

        /** Binds. */
        @Setup(Level.Trial)
        public void bind() {
            echo = new UdpEcho(length);
        }
    }

    /** A datagram there and back. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void udpEcho(Udp udp) {
        udp.echo.exchange(BATCH);
    }

    /** Open connections. */
    @State(Scope.Thread)
    public static class Connections {
        /** How many. */
        @Param({"10", "10000"})
        public int count;

        private OpenConnections open;

        /** Connects them all. */
        @Setup(Level.Trial)
        public void connect() {
            open = new OpenConnections(count);
        }
    }

    /** A small segment to one of many connections, and its acknowledgment. */
    @Benchmark
    public void segmentAmongConnections(Connections connections) {
        connections.open.exchange();
    }

    /** Octets to sum. */
    @State(Scope.Thread)
    public static class Packet {
        private final byte[] octets = new byte[1514];
    }

    /** The checksum of a full segment. */
    @Benchmark
    public long checksum(Packet packet) {
        return InternetChecksum.sum(packet.octets, 34, 1460);
    }
}

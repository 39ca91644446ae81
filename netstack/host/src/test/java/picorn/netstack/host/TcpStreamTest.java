// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.host.testing.Waiting;

@Timeout(60)
class TcpStreamTest {
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final int PORT = 4000;

    private final TwoHosts hosts = new TwoHosts();

    @AfterEach
    void stop() {
        hosts.close();
    }

    private TcpStream connect() throws IOException {
        return TcpStream.connect(hosts.one(), TwoHosts.TWO, PORT, PATIENT);
    }

    private TcpServer listen() throws IOException {
        return TcpServer.listen(hosts.two(), PORT);
    }

    private static byte[] randomOctets(long seed, int length) {
        byte[] octets = new byte[length];
        new SplittableRandom(seed).nextBytes(octets);
        return octets;
    }

    /** Serves connections, each by a thread, which sends back what it gets. */
    private static void echo(TcpServer server) {
        Waiting.start(() -> {
            while (true) {
                TcpStream client = server.accept();
                Waiting.start(() -> {
                    try (client) {
                        return client.input().transferTo(client.output());
                    }
                });
            }
        });
    }

    @Test
    void whatIsWrittenArrivesAndTheEndToo() throws Throwable {
        byte[] data = randomOctets(1, 1_000_000);
        try (TcpServer server = listen()) {
            Waiting<byte[]> received = Waiting.in(() -> {
                try (TcpStream client = server.accept()) {
                    return client.input().readAllBytes();
                }
            });
            try (TcpStream stream = connect()) {
                stream.output().write(data);
                stream.shutdownOutput();
                assertThat(stream.input().read()).isEqualTo(-1);
            }
            assertThat(received.result()).isEqualTo(data);
        }
    }

    @Test
    void halfClosedConnectionStillBringsTheAnswer() throws Throwable {
        try (TcpServer server = listen()) {
            Waiting<Void> serving = Waiting.in(() -> {
                try (TcpStream client = server.accept()) {
                    byte[] question = client.input().readAllBytes();
                    client.output().write(("You said " + new String(question, US_ASCII)).getBytes(US_ASCII));
                    return null;
                }
            });
            try (TcpStream stream = connect()) {
                stream.output().write("hello".getBytes(US_ASCII));
                stream.shutdownOutput();
                assertThat(stream.input().readAllBytes()).asString(US_ASCII).isEqualTo("You said hello");
            }
            serving.result();
        }
    }

    @Test
    void manyThreadsOnManyConnectionsGetTheirOwnOctets() throws Exception {
        try (TcpServer server = listen()) {
            echo(server);
            Waiting.inThreads(16, thread -> {
                for (int i = 0; i < 10; i++) {
                    exchange(randomOctets(thread * 1000 + i, 20_000 + i));
                }
            });
        }
    }

    private void exchange(byte[] data) throws Exception {
        try (TcpStream stream = connect()) {
            Waiting<byte[]> back = Waiting.in(() -> stream.input().readNBytes(data.length));
            stream.output().write(data);
            stream.shutdownOutput();
            assertThat(Arrays.equals(back.resultOrFailure(), data))
                    .as("echo of %d octets", data.length)
                    .isTrue();
        }
    }

    @Test
    void manyThreadsMayShareOneConnection() throws Exception {
        int threads = 8;
        int records = 200;
        int size = 100;
        try (TcpServer server = listen()) {
            Waiting<byte[]> received = Waiting.in(() -> {
                try (TcpStream client = server.accept()) {
                    return client.input().readAllBytes();
                }
            });
            try (TcpStream stream = connect()) {
                Waiting.inThreads(threads, thread -> {
                    byte[] block = new byte[size];
                    Arrays.fill(block, (byte) thread);
                    for (int i = 0; i < records; i++) {
                        stream.output().write(block);
                    }
                });
                stream.shutdownOutput();
                assertWhole(received.resultOrFailure(), threads, records, size);
            }
        }
    }

    /** Each thread's blocks have arrived, none torn apart. */
    private static void assertWhole(byte[] octets, int threads, int records, int size) {
        assertThat(octets).hasSize(threads * records * size);
        int[] seen = new int[threads];
        for (int i = 0; i < octets.length; i += size) {
            byte[] block = new byte[size];
            Arrays.fill(block, octets[i]);
            assertThat(Arrays.equals(octets, i, i + size, block, 0, size)).isTrue();
            seen[octets[i]]++;
        }
        assertThat(seen).containsOnly(records);
    }

    @Test
    void readThatTakesTooLongTimesOutAndTheNextGoesOn() throws Throwable {
        try (TcpServer server = listen();
                TcpStream stream = connect();
                TcpStream peer = server.accept()) {
            stream.readTimeout(Duration.ofMillis(1));
            assertThatThrownBy(() -> stream.input().read()).isInstanceOf(SocketTimeoutException.class);
            stream.readTimeout(PATIENT);
            peer.output().write(42);
            assertThat(stream.input().read()).isEqualTo(42);
        }
    }

    @Test
    void writeWaitsForAReaderAndTimesOut() throws Throwable {
        try (TcpServer server = listen();
                TcpStream stream = connect();
                TcpStream peer = server.accept()) {
            stream.writeTimeout(Duration.ofMillis(50));
            assertThatThrownBy(() -> stream.output().write(new byte[10_000_000]))
                    .isInstanceOf(SocketTimeoutException.class);
            assertThat(peer.input().available()).isPositive();
        }
    }

    @Test
    void closingFromAnotherThreadEndsAReadAndAWrite() throws Throwable {
        try (TcpServer server = listen()) {
            TcpStream stream = connect();
            TcpStream peer = server.accept();
            Waiting<Integer> reading = Waiting.in(() -> stream.input().read());
            Waiting<Void> writing = Waiting.in(() -> {
                stream.output().write(new byte[10_000_000]);
                return null;
            });
            stream.close();
            assertThatThrownBy(reading::result)
                    .isInstanceOf(SocketException.class)
                    .hasMessage("the connection is closed");
            assertThatThrownBy(writing::result)
                    .isInstanceOf(SocketException.class)
                    .hasMessage("the connection is closed");
            assertThatThrownBy(() -> stream.output().write(1)).hasMessage("the connection is closed");
            assertThat(peer.remotePort()).isEqualTo(stream.localPort());
        }
    }

    @Test
    void closingAServerEndsItsAcceptAndFreesThePort() throws Throwable {
        TcpServer server = listen();
        Waiting<TcpStream> accepting = Waiting.in(server::accept);
        server.close();
        assertThatThrownBy(accepting::result)
                .isInstanceOf(SocketException.class)
                .hasMessage("the server is closed");
        listen().close();
    }

    @Test
    void acceptTimesOut() throws Throwable {
        try (TcpServer server = listen()) {
            server.timeout(Duration.ofMillis(1));
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void refusalAndResetAndSilenceAreToldApart() throws Throwable {
        assertThatThrownBy(this::connect)
                .isInstanceOf(ConnectException.class)
                .hasMessage("10.0.9.2:4000 has refused the connection; nobody listens there");
        Ipv4Address nobody = Ipv4Address.parse("10.0.9.77");
        assertThatThrownBy(() -> TcpStream.connect(hosts.one(), nobody, PORT, Duration.ofMillis(20)))
                .isInstanceOf(SocketTimeoutException.class);
        try (TcpServer server = listen();
                TcpStream stream = connect()) {
            server.accept().abort();
            assertThatThrownBy(() -> stream.input().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessage("10.0.9.2:4000 has reset the connection");
        }
    }

    @Test
    void closingTheStackEndsWhatWaits() throws Throwable {
        try (TcpServer server = listen()) {
            TcpStream stream = connect();
            server.accept();
            Waiting<Integer> reading = Waiting.in(() -> stream.input().read());
            hosts.one().close();
            assertThatThrownBy(reading::result).isInstanceOf(IOException.class).hasMessage("the stack is closed");
        }
    }
}

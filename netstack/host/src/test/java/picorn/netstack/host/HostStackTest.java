// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picorn.netstack.host.testing.Waiting;
import picorn.netstack.ip.SendResult;
import picorn.netstack.stack.Stack;
import picorn.netstack.udp.UdpDatagram;

@Timeout(30)
class HostStackTest {
    private static final int QUEUE = 1 << 20;

    private final TwoHosts hosts = new TwoHosts();

    @AfterEach
    void stop() {
        hosts.close();
    }

    private static UdpDatagram datagram(int size) {
        return new UdpDatagram(new byte[size]);
    }

    @Test
    void callsOfManyThreadsAreMadeOneAtATimeOnTheStacksThread() throws Exception {
        int threads = 16;
        int calls = 2_000;
        List<Integer> unguarded = new ArrayList<>();
        ConcurrentLinkedQueue<Thread> makers = new ConcurrentLinkedQueue<>();
        Waiting.inThreads(threads, thread -> {
            for (int i = 0; i < calls; i++) {
                int number = i;
                hosts.one().call(stack -> {
                    makers.add(Thread.currentThread());
                    return unguarded.add(thread * calls + number);
                });
            }
        });
        assertThat(unguarded).hasSize(threads * calls).doesNotHaveDuplicates();
        assertThat(makers.stream().distinct()).hasSize(1);
    }

    @Test
    void socketsOfManyThreadsDoNotDisturbEachOther() throws Exception {
        int threads = 16;
        int datagrams = 500;
        try (UdpChannel echo = UdpChannel.bind(hosts.two(), 7, QUEUE)) {
            Waiting.in(() -> {
                UdpDatagram datagram = datagram(64);
                while (true) {
                    echo.receive(datagram);
                    echo.send(datagram);
                }
            });
            try (UdpChannel first = UdpChannel.bind(hosts.one(), 4096)) {
                exchange(first, (byte) 0, (byte) 0); // now the neighbours know each other, and nothing is dropped
            }
            Waiting.inThreads(threads, thread -> {
                for (int i = 0; i < datagrams; i++) {
                    try (UdpChannel channel = UdpChannel.bind(hosts.one(), 4096)) {
                        exchange(channel, (byte) thread, (byte) i);
                    }
                }
            });
        }
        long sockets = hosts.one().call(stack -> stack.counters().counters().get("udp.sockets"));
        assertThat(sockets).isZero();
    }

    private static void exchange(UdpChannel channel, byte first, byte second) throws IOException {
        channel.timeout(Duration.ofSeconds(10));
        UdpDatagram out = datagram(2).to(TwoHosts.TWO, 7).length(2);
        out.buffer()[0] = first;
        out.buffer()[1] = second;
        assertThat(channel.send(out)).isEqualTo(SendResult.SENT);
        UdpDatagram in = datagram(64);
        channel.receive(in);
        assertThat(in.length()).isEqualTo(2);
        assertThat(in.buffer()).startsWith(first, second);
    }

    @Test
    void receptionThatTakesTooLongTimesOutAndTheNextSucceeds() throws Exception {
        try (UdpChannel channel = UdpChannel.bind(hosts.one(), 9, 4096);
                UdpChannel peer = UdpChannel.bind(hosts.two(), 4096)) {
            UdpDatagram into = datagram(10);
            channel.timeout(Duration.ofMillis(1));
            assertThatThrownBy(() -> channel.receive(into))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("timed out after 1 ms");
            channel.timeout(Duration.ZERO);
            peer.send(datagram(10).to(TwoHosts.ONE, 9).length(4));
            channel.receive(into);
            assertThat(into.length()).isEqualTo(4);
        }
    }

    @Test
    void closingAChannelFromAnotherThreadEndsItsReception() throws Exception {
        UdpChannel channel = UdpChannel.bind(hosts.one(), 4096);
        Waiting<Object> waiting = Waiting.in(() -> {
            channel.receive(datagram(1));
            return "received";
        });
        channel.close();
        assertThatThrownBy(waiting::result).isInstanceOf(IOException.class).hasMessage("the channel is closed");
        assertThatThrownBy(() -> channel.receive(datagram(1))).hasMessage("the channel is closed");
        assertThatThrownBy(() -> channel.send(datagram(1).to(TwoHosts.TWO, 7)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingTheStackEndsWhatWaitsAndWhatComesLater() throws Exception {
        UdpChannel channel = UdpChannel.bind(hosts.one(), 4096);
        Waiting<Object> waiting = Waiting.in(() -> {
            channel.receive(datagram(1));
            return "received";
        });
        hosts.one().close();
        assertThatThrownBy(waiting::result).isInstanceOf(IOException.class).hasMessage("the stack is closed");
        assertThatThrownBy(() -> hosts.one().call(Stack::report)).hasMessage("the stack is closed");
        assertThatThrownBy(channel::close).hasMessage("the stack is closed");
        hosts.one().close();
    }

    @Test
    void interruptedThreadIsLetGo() throws Exception {
        UdpChannel channel = UdpChannel.bind(hosts.one(), 4096);
        Waiting<Object> waiting = Waiting.in(() -> {
            channel.receive(datagram(1));
            return "received";
        });
        waiting.interrupt();
        assertThatThrownBy(waiting::result).isInstanceOf(InterruptedIOException.class);
        channel.close();
    }

    @Test
    void linkThatBreaksEndsTheStackWithItsReason() throws Exception {
        UdpChannel channel = UdpChannel.bind(hosts.one(), 4096);
        Waiting<Object> waiting = Waiting.in(() -> {
            channel.receive(datagram(1));
            return "received";
        });
        hosts.linkOfOne().close();
        assertThatThrownBy(waiting::result).isInstanceOf(IOException.class).hasMessage("the link is closed");
    }

    @Test
    void mistakesOfACallAreTheCallersAndTheStackGoesOn() throws Exception {
        UdpChannel.bind(hosts.one(), 53, 4096);
        assertThatThrownBy(() -> UdpChannel.bind(hosts.one(), 53, 4096))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("53 is taken");
        String report = hosts.one().call(Stack::report);
        assertThat(report).contains("udp.sockets");
    }

    @Test
    void stacksOwnThreadIsNotLetWaitForItself() throws Exception {
        UdpChannel channel = UdpChannel.bind(hosts.one(), 4096);
        int port = hosts.one().call(stack -> inner(channel));
        assertThat(port).isEqualTo(channel.port());
        Object outcome = hosts.one().call(stack -> {
            try {
                channel.receive(datagram(1));
                return "received";
            } catch (IOException | IllegalStateException e) {
                return e;
            }
        });
        assertThat(outcome).isInstanceOf(IllegalStateException.class);
        assertThat((Exception) outcome).hasMessageContaining("make it from another thread");
    }

    private int inner(UdpChannel channel) {
        try {
            return hosts.one().call(stack -> channel.port());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

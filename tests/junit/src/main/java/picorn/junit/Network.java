// SPDX-License-Identifier: MIT
package picorn.junit;

import static picorn.emulator.time.Clock.NANOSECOND;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Predicate;
import java.util.function.Supplier;
import picorn.emulator.machine.Machine;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.icmp.PingResult;
import picorn.netstack.icmp.PingSocket;
import picorn.netstack.ip.SendResult;
import picorn.netstack.link.FrameReceiver;
import picorn.netstack.link.ImpairmentConfig;
import picorn.netstack.link.Wire;
import picorn.netstack.stack.Stack;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.tcp.TcpState;
import picorn.stm32f4.board.UserNetwork;

/**
 * The other end of the board's Ethernet cable: a TCP/IP stack at 10.0.2.2 that gives the board 10.0.2.15 by DHCP, answers pings, and
 * echoes UDP port 7.
 *
 * <pre>{@code
 * assertThat(net.ping("10.0.2.15")).answersWithin(ofMillis(5));
 * }</pre>
 */
public final class Network {
    private static final int PING_OCTETS = 56;
    private static final Duration PING_LIMIT = Duration.ofSeconds(1);

    private final UserNetwork network;
    private final Machine machine;
    private final Runner runner;
    private final long seed;
    private FrameReceiver watch = (frame, offset, length, now) -> {};

    Network(UserNetwork network, Machine machine, Runner runner, long seed) {
        this.seed = seed;
        this.network = network;
        this.machine = machine;
        this.runner = runner;
        network.farEnd(this::arrived);
    }

    /** A frame of the board's has come to this end. */
    private void arrived(byte[] frame, int offset, int length, long now) {
        network.gateway().link().receive(frame, offset, length, now);
        watch.receive(frame, offset, length, now);
        runner.lookAgain();
    }

    /** The cable. */
    Wire wire() {
        return network.wire();
    }

    /** Uses the stack between two runs of the machine, at the machine's time. */
    <T> T drive(Supplier<T> use) {
        network.poll();
        T result = use.get();
        network.poll();
        return result;
    }

    /**
     * Sends one echo request with 56 octets of data and waits for the answer for a second of virtual time.
     *
     * <pre>{@code
     * assertThat(net.ping("10.0.2.15")).answersWithin(ofMillis(5));
     * }</pre>
     *
     * @param address the board's, such as "10.0.2.15"
     */
    public PingResult ping(String address) {
        return ping(address, PING_LIMIT);
    }

    /**
     * Sends one echo request with 56 octets of data.
     *
     * <pre>{@code
     * assertThat(net.ping("10.0.2.99", ofMillis(3))).isNotAnswered();
     * }</pre>
     *
     * @param address the board's, such as "10.0.2.15"
     * @param limit how long to wait for the answer, virtual time
     * @throws AssertionError if it cannot be sent
     */
    public PingResult ping(String address, Duration limit) {
        try (PingSocket socket = stack().icmp().ping()) {
            Ipv4Address to = Ipv4Address.parse(address);
            SendResult sent = drive(() -> socket.send(to, PING_OCTETS, limit.toNanos()));
            if (sent != SendResult.SENT) {
                throw new AssertionError(
                        "expected a ping to leave for %s, but the stack says %s".formatted(address, sent));
            }
            Deque<PingResult> results = new ArrayDeque<>();
            runner.await(
                    "a ping of %s to come back or to time out".formatted(address),
                    () -> {
                        socket.result().ifPresent(results::add);
                        return !results.isEmpty();
                    },
                    limit.plusMillis(1));
            return results.remove();
        }
    }

    /**
     * Opens a UDP port at 10.0.2.2.
     *
     * <pre>{@code
     * UdpPort udp = net.udp(4000);
     * }</pre>
     *
     * @param number 1 to 65535; 7 is taken by the echo service, 67 by DHCP
     */
    public UdpPort udp(int number) {
        return new UdpPort(stack().udp().bind(number, UdpPort.QUEUE), this, runner);
    }

    /**
     * Connects from 10.0.2.2 to a TCP port of the board and waits until the connection is there.
     *
     * <pre>{@code
     * try (TcpConnection http = net.tcp("10.0.2.15", 80, ofMillis(10))) {
     *     http.send("GET / HTTP/1.0\r\n\r\n", ofMillis(10));
     *     assertThat(http.awaitLine(ofMillis(50))).isEqualTo("HTTP/1.0 200 OK");
     * }
     * }</pre>
     *
     * @param limit virtual time
     * @throws AssertionError if there is no connection by then, or it is refused
     */
    public TcpConnection tcp(String address, int port, Duration limit) {
        Ipv4Address to = Ipv4Address.parse(address);
        TcpSocket socket = drive(() -> stack().tcp().connect(to, port, TcpConfig.DEFAULT));
        String wanted = Runner.wanted("a TCP connection to %s:%d".formatted(address, port), limit);
        runner.await(wanted, () -> socket.state() != TcpState.SYN_SENT, runner.after(limit));
        socket.failure().ifPresent(failure -> {
            throw Runner.failure(wanted, TcpConnection.inWords(failure));
        });
        return new TcpConnection(socket, this, runner);
    }

    /**
     * Listens at a TCP port of 10.0.2.2.
     *
     * <pre>{@code
     * TcpPort log = net.listen(514);
     * TcpConnection connection = log.accept(ofSeconds(1));
     * }</pre>
     *
     * @param number 1 to 65535
     */
    public TcpPort listen(int number) {
        return new TcpPort(stack().tcp().listen(number, TcpConfig.DEFAULT), this, runner);
    }

    /**
     * Makes the cable bad in both directions from now on, in place of what was said before; an empty text mends it. The same frames
     * are hit whenever the test is run. {@link Board#capture} shows frames as they are sent, the lost ones among them.
     *
     * <pre>{@code
     * net.impair("loss=5%,delay=2ms,jitter=500us");
     * }</pre>
     *
     * @param description shares and times as {@link ImpairmentConfig#parse} reads them
     * @throws IllegalArgumentException if it cannot be read; the message says what is wrong
     */
    public void impair(String description) {
        network.impair(ImpairmentConfig.parse(description), seed);
    }

    /**
     * Sends a frame to the board as it is.
     *
     * <pre>{@code
     * net.send(HexFormat.of().parseHex("ffffffffffff" + "525500000001" + "88b5" + "00".repeat(46)));
     * }</pre>
     *
     * @param frame from the destination address to the end of the data, without frame check sequence
     */
    public void send(byte[] frame) {
        drive(() -> {
            network.wire().b().receive(frame, 0, frame.length, machine.now() / NANOSECOND);
            return frame;
        });
    }

    /**
     * Waits for the next frame of the board that passes {@code filter}.
     *
     * <pre>{@code
     * byte[] arp = net.awaitFrame(frame -> frame[12] == 0x08 && frame[13] == 0x06, ofSeconds(1));
     * }</pre>
     *
     * @param limit virtual time
     * @return the frame, without frame check sequence
     */
    public byte[] awaitFrame(Predicate<byte[]> filter, Duration limit) {
        Deque<byte[]> passed = new ArrayDeque<>();
        watch = (frame, offset, length, now) -> {
            byte[] copy = Arrays.copyOfRange(frame, offset, offset + length);
            if (passed.isEmpty() && filter.test(copy)) {
                passed.add(copy);
            }
        };
        try {
            runner.await("a frame of the board that passes the test's filter", () -> !passed.isEmpty(), limit);
        } finally {
            watch = (frame, offset, length, now) -> {};
        }
        return passed.remove();
    }

    /**
     * Frames that the board has sent since power-up.
     *
     * <pre>{@code
     * assertThat(net.framesSent()).isGreaterThan(2);
     * }</pre>
     */
    public long framesSent() {
        return network.wire().a().frames();
    }

    /**
     * Frames that were sent to the board since power-up.
     *
     * <pre>{@code
     * assertThat(net.framesReceived()).isGreaterThan(2);
     * }</pre>
     */
    public long framesReceived() {
        return network.wire().b().frames();
    }

    /**
     * The stack, for its counters, and for sockets beyond those here.
     *
     * <pre>{@code
     * assertThat(net.stack().report()).contains("eth0");
     * }</pre>
     */
    public Stack stack() {
        return network.gateway().stack();
    }
}

// SPDX-License-Identifier: MIT
package picorn.junit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.ip.SendResult;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

/**
 * A UDP port of the network that the board is on.
 *
 * <pre>{@code
 * UdpPort udp = net.udp(4000);
 * udp.send("10.0.2.15", 5000, "status?");
 * assertThat(udp.await(ofMillis(5)).text()).isEqualTo("ok");
 * }</pre>
 */
public final class UdpPort implements AutoCloseable {
    static final int QUEUE = 32 << 10;
    private static final int LONGEST = 1472;

    private final UdpSocket socket;
    private final Network network;
    private final Runner runner;

    UdpPort(UdpSocket socket, Network network, Runner runner) {
        this.socket = socket;
        this.network = network;
        this.runner = runner;
    }

    /**
     * Its number.
     *
     * <pre>{@code
     * board.console().send("report to " + udp.number() + "\r");
     * }</pre>
     */
    public int number() {
        return socket.port();
    }

    /**
     * Sends a datagram. It arrives as virtual time goes on.
     *
     * <pre>{@code
     * udp.send("10.0.2.15", 5000, new byte[] {1, 2, 3});
     * }</pre>
     *
     * @throws AssertionError if it cannot be sent
     */
    public void send(String address, int port, byte[] data) {
        UdpDatagram datagram = new UdpDatagram(data.clone())
                .to(Ipv4Address.parse(address), port)
                .length(data.length);
        SendResult result = network.drive(() -> socket.send(datagram));
        if (result != SendResult.SENT) {
            throw new AssertionError("expected a datagram of %d octets to leave for %s:%d, but the stack says %s"
                    .formatted(data.length, address, port, result));
        }
    }

    /**
     * As {@link #send(String, int, byte[])}, one octet a character.
     *
     * <pre>{@code
     * udp.send("10.0.2.15", 5000, "status?");
     * }</pre>
     */
    public void send(String address, int port, String text) {
        send(address, port, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Waits for the next datagram to this port.
     *
     * <pre>{@code
     * Datagram answer = udp.await(ofMillis(5));
     * }</pre>
     *
     * @param limit virtual time
     */
    public Datagram await(Duration limit) {
        UdpDatagram received = new UdpDatagram(new byte[LONGEST]);
        runner.await("a datagram at UDP port " + number(), () -> socket.receive(received), limit);
        byte[] data = Arrays.copyOf(received.buffer(), received.length());
        return new Datagram(received.peer().toString(), received.port(), data);
    }

    /**
     * Gives the port up; at the end of a test all are.
     *
     * <pre>{@code
     * try (UdpPort udp = net.udp(4000)) {
     *     udp.await(ofMillis(5));
     * }
     * }</pre>
     */
    @Override
    public void close() {
        socket.close();
    }
}

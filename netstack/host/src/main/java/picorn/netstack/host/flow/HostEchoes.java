// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import picorn.netstack.host.EchoSocket;

/** The guest's echoes through this host's kernel, where it allows that; a thread waits for the answers. */
final class HostEchoes implements Closeable {
    private static final int NUMBERS = 0x10000;
    /** Octets of a target with an IPv4 address. */
    private static final int TARGET = 7;

    private final HostSockets sockets;
    private final Optional<EchoSocket> socket;
    /** By the number under which an echo went out: its flow and where it went. */
    private final int[] flows = new int[NUMBERS];

    private final int[] addresses = new int[NUMBERS];
    private int latest;

    private HostEchoes(HostSockets sockets, Optional<EchoSocket> socket) {
        this.sockets = sockets;
        this.socket = socket;
    }

    static HostEchoes open(HostSockets sockets) {
        HostEchoes echoes = new HostEchoes(sockets, socket());
        if (echoes.socket.isPresent()) {
            Thread thread = new Thread(echoes::receive, "picorn host echoes");
            thread.setDaemon(true);
            thread.start();
        }
        return echoes;
    }

    private static Optional<EchoSocket> socket() {
        try {
            return Optional.of(EchoSocket.open());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Sends the echo of an order; what comes of it is told by an event. */
    void send(Message order) throws InterruptedException {
        try {
            Target target = Target.parse(Arrays.copyOf(order.octets(), TARGET));
            InetSocketAddress to = target.address();
            if (socket.isEmpty() || OwnAddresses.contains(new InetSocketAddress(to.getAddress(), HostRoutes.DNS))) {
                sockets.post(Message.of(Message.Kind.PROHIBITED, order.flow()));
                return;
            }
            byte[] data = Arrays.copyOfRange(order.octets(), TARGET, order.octets().length);
            int address = ByteBuffer.wrap(to.getAddress().getAddress()).getInt();
            socket.get().send(address, remember(order.flow(), address), data);
        } catch (IOException e) {
            sockets.post(Message.of(Message.Kind.UNREACHABLE, order.flow()));
        }
    }

    private synchronized int remember(int flow, int address) {
        latest = (latest + 1) % NUMBERS;
        flows[latest] = flow;
        addresses[latest] = address;
        return latest;
    }

    private synchronized Optional<Message> answer(EchoSocket.Answer answer) {
        int flow = flows[answer.sequence()];
        flows[answer.sequence()] = 0;
        return flow != 0 && addresses[answer.sequence()] == answer.address()
                ? Optional.of(new Message(Message.Kind.DATAGRAM, flow, answer.data()))
                : Optional.empty();
    }

    private void receive() {
        try {
            while (true) {
                Optional<Message> event = socket.orElseThrow().receive().flatMap(this::answer);
                if (event.isPresent()) {
                    sockets.post(event.get());
                }
            }
        } catch (IOException e) {
            return; // closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        socket.ifPresent(EchoSocket::close);
    }
}

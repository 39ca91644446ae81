// SPDX-License-Identifier: MIT
package picorn.system;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.dns.DnsData;
import picorn.netstack.dns.DnsMessage;
import picorn.netstack.dns.DnsName;
import picorn.netstack.dns.DnsRecord;
import picorn.netstack.dns.DnsType;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.stack.Stack;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpListener;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.tcp.TcpState;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

/**
 * What {@code net-check} talks to: pages at port 80, names at 53, an echo at 4000, a sink at 4100. It works by the stack's callbacks, while
 * the board runs.
 */
final class NetCheckPeer {
    /** The page {@code /file}. */
    final byte[] file;
    /** What was sent to the sink. */
    final ByteArrayOutputStream sunk = new ByteArrayOutputStream();
    /** Whether what was sent to the sink has ended. */
    boolean sinkEnded;

    private static final DnsName NAME = DnsName.parse("picorn.test");
    private static final Ipv4Address ADDRESS = Ipv4Address.parse("10.0.2.99");

    private final byte[] buffer = new byte[4096];

    NetCheckPeer(Stack stack, int fileSize) {
        file = new byte[fileSize];
        new Random(1).nextBytes(file);
        listen(stack, 80, Page::new);
        listen(stack, 4000, Echo::new);
        listen(stack, 4100, Sink::new);
        serveNames(stack);
    }

    private interface Server {
        Runnable serve(TcpSocket socket);
    }

    private static void listen(Stack stack, int port, Server server) {
        TcpListener listener = stack.tcp().listen(port, TcpConfig.DEFAULT.backlog(64));
        listener.onReady(() -> {
            while (listener.isReady()) {
                TcpSocket socket = listener.accept().orElseThrow();
                Runnable ready = server.serve(socket);
                socket.onReady(ready);
                ready.run();
            }
        });
    }

    /** HTTP/1.0, as much as wget needs. */
    private final class Page implements Runnable {
        private final TcpSocket socket;
        private final StringBuilder request = new StringBuilder();
        private byte[] answer = {};
        private int sent;

        Page(TcpSocket socket) {
            this.socket = socket;
        }

        @Override
        public void run() {
            if (socket.state() == TcpState.CLOSED || answer.length > 0 && sent == answer.length) {
                return;
            }
            for (int n = socket.read(buffer, 0, buffer.length); n > 0; n = socket.read(buffer, 0, buffer.length)) {
                request.append(new String(buffer, 0, n, US_ASCII));
            }
            if (answer.length == 0 && request.indexOf("\r\n\r\n") >= 0) {
                answer = answer(request.toString());
            }
            if (answer.length > 0 && sent < answer.length) {
                sent += socket.write(answer, sent, answer.length - sent);
                if (sent == answer.length) {
                    socket.close();
                }
            }
        }

        private byte[] answer(String asked) {
            byte[] body = asked.startsWith("GET /file ") ? file : "hello from the peer\n".getBytes(US_ASCII);
            byte[] head = ("HTTP/1.0 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(US_ASCII);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(head);
            all.writeBytes(body);
            return all.toByteArray();
        }
    }

    private final class Echo implements Runnable {
        private final TcpSocket socket;
        private boolean closed;

        Echo(TcpSocket socket) {
            this.socket = socket;
        }

        @Override
        public void run() {
            if (closed) {
                return;
            }
            int n = Math.min(socket.readable(), socket.state() == TcpState.CLOSED ? 0 : socket.writable());
            int read = socket.read(buffer, 0, Math.min(n, buffer.length));
            if (read > 0) {
                socket.write(buffer, 0, read);
            } else if (read < 0) {
                closed = true;
                socket.close();
            }
        }
    }

    private final class Sink implements Runnable {
        private final TcpSocket socket;
        private boolean closed;

        Sink(TcpSocket socket) {
            this.socket = socket;
        }

        @Override
        public void run() {
            int n = closed ? 0 : socket.read(buffer, 0, buffer.length);
            while (n > 0) {
                sunk.write(buffer, 0, n);
                n = socket.read(buffer, 0, buffer.length);
            }
            if (n < 0) {
                sinkEnded = true;
                closed = true;
                socket.close();
            }
        }
    }

    private static void serveNames(Stack stack) {
        UdpSocket socket = stack.udp().bind(DnsMessage.PORT, 4096);
        UdpDatagram datagram = new UdpDatagram(new byte[512]);
        socket.onReadable(() -> {
            while (socket.receive(datagram)) {
                answer(datagram);
                socket.send(datagram);
            }
        });
    }

    private static void answer(UdpDatagram datagram) {
        try {
            DnsMessage asked = DnsMessage.parse(new Octets().aim(datagram.buffer(), 0, datagram.length()));
            boolean known = asked.questions().get(0).name().equals(NAME)
                    && asked.questions().get(0).type() == DnsType.A.code();
            List<DnsRecord> answers = known
                    ? List.of(new DnsRecord(NAME, DnsType.A.code(), DnsRecord.INTERNET, 60, new DnsData.Ipv4(ADDRESS)))
                    : List.of();
            DnsMessage answer =
                    new DnsMessage(asked.id(), DnsMessage.RESPONSE, asked.questions(), answers, List.of(), List.of());
            datagram.length(answer.emit(Octets.over(datagram.buffer())));
        } catch (Malformed e) {
            throw new AssertionError("a question that cannot be read", e);
        }
    }
}

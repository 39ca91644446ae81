// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.tcp.TcpState;

/** Two thousand connections at once, with a host that reads nothing until all is sent. */
@Timeout(900)
@Tag("slow")
class ManyFlowsTest {
    private static final int FLOWS = 2000;
    private static final int OCTETS = 16 * 1024;
    private static final int AT_ONCE = 4;

    private static byte[] content(int flow) {
        byte[] octets = new byte[OCTETS];
        new Random(flow).nextBytes(octets);
        return octets;
    }

    /** Takes all connections, then sends back what comes by each until its end, one after the other and as far as is allowed. */
    private static void serve(ServerSocket server, Semaphore answers) {
        try {
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < FLOWS; i++) {
                clients.add(server.accept());
            }
            for (Socket client : clients) {
                answers.acquire();
                byte[] octets = client.getInputStream().readAllBytes();
                client.getOutputStream().write(octets);
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void twoThousandConnectionsPassWithEachDirectionEndedByItself() throws Exception {
        Semaphore answers = new Semaphore(0);
        try (ServerSocket server = new ServerSocket(0, FLOWS, InetAddress.getLoopbackAddress());
                Scene scene = new Scene(Scene.WITH_LOOPBACK).start()) {
            Thread host = new Thread(() -> serve(server, answers), "test host");
            host.setDaemon(true);
            host.start();
            List<TcpSocket> sockets = new ArrayList<>();
            for (int i = 0; i < FLOWS; i++) {
                sockets.add(scene.guest.tcp().connect(Scene.GATEWAY, server.getLocalPort(), TcpConfig.DEFAULT));
                scene.step();
            }
            scene.until(() -> sockets.stream().allMatch(socket -> socket.state() == TcpState.ESTABLISHED));
            assertThat(scene.host.flows()).isEqualTo(FLOWS);
            send(scene, sockets);
            assertThat(scene.host.flows()).isEqualTo(FLOWS);
            assertThat(scene.gateway.stack().budget().used()).isLessThan(64 << 20);
            answers.release(AT_ONCE);
            receive(scene, sockets, answers);
            scene.until(() -> scene.host.flows() == 0);
        }
    }

    /** A few at a time: the cable holds 64 frames. */
    private static void send(Scene scene, List<TcpSocket> sockets) {
        for (int from = 0; from < FLOWS; from += AT_ONCE) {
            List<TcpSocket> some = sockets.subList(from, from + AT_ONCE);
            int room = some.get(0).writable();
            assertThat(room).isGreaterThanOrEqualTo(OCTETS);
            for (int i = 0; i < AT_ONCE; i++) {
                assertThat(some.get(i).write(content(from + i), 0, OCTETS)).isEqualTo(OCTETS);
            }
            scene.until(() -> some.stream().allMatch(socket -> socket.writable() == room));
            some.forEach(TcpSocket::shutdownOutput);
        }
    }

    private static void receive(Scene scene, List<TcpSocket> sockets, Semaphore answers) {
        byte[] octets = new byte[OCTETS];
        for (int i = 0; i < FLOWS; i++) {
            TcpSocket socket = sockets.get(i);
            int[] read = new int[1];
            scene.until(() -> {
                int count = socket.read(octets, read[0], OCTETS - read[0]);
                read[0] += Math.max(count, 0);
                return read[0] == OCTETS || count < 0 || socket.failure().isPresent();
            });
            assertThat(Arrays.equals(octets, content(i)))
                    .as("connection %d, %d octets, %s", i, read[0], socket.failure())
                    .isTrue();
            socket.close();
            answers.release();
        }
    }
}

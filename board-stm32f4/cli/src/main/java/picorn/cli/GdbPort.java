// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import picorn.emulator.gdb.GdbServer;
import picorn.emulator.host.HostInbox;

/**
 * The port of loopback where GDB connects, one at a time: a second one is turned away. What comes goes into the inbox; a client that
 * does not take what it asked for is dropped.
 */
final class GdbPort implements AutoCloseable {
    private static final int CHUNK = 4096;
    /** Answers that may wait for the client; GDB itself waits for each. */
    private static final int WAITING = 256;

    private static final byte[] END = {};

    private final ServerSocket socket;
    private final HostInbox inbox;
    private final AtomicReference<Client> client = new AtomicReference<>();

    private GdbPort(ServerSocket socket, HostInbox inbox) {
        this.socket = socket;
        this.inbox = inbox;
    }

    /** Opens it; nobody is served before {@link #serve}. */
    static GdbPort open(int port, HostInbox inbox) throws UsageError {
        try {
            return new GdbPort(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()), inbox);
        } catch (IOException e) {
            throw new UsageError(
                    "--gdb %d: the port cannot be opened (%s); take another".formatted(port, e.getMessage()));
        }
    }

    /** Takes what the server has to say to GDB; on the emulation's thread, without waiting. */
    void send(byte[] octets) {
        Client current = client.get();
        if (current != null && !current.waiting.offer(octets)) {
            current.close();
        }
    }

    /** From now on clients are let in. */
    void serve(GdbServer server) {
        System.err.printf("picorn: GDB may connect: target remote localhost:%d%n", socket.getLocalPort());
        HostInbox.Port octets = inbox.openControl("gdb", server::received);
        HostInbox.Port comings = inbox.openControl("gdb connection", message -> {
            if (message[0] == 1) {
                server.connected();
            } else {
                server.disconnected();
            }
        });
        start("GDB port", () -> accept(octets, comings));
    }

    private void accept(HostInbox.Port octets, HostInbox.Port comings) {
        try (octets;
                comings) {
            while (!socket.isClosed()) {
                Client next = new Client(socket.accept());
                if (client.compareAndSet(null, next)) {
                    start("GDB input", () -> read(next, octets, comings));
                    start("GDB output", next::write);
                } else {
                    next.close();
                }
            }
        } catch (IOException e) {
            // closed, or no more sockets are to be had
        }
    }

    private void read(Client from, HostInbox.Port octets, HostInbox.Port comings) {
        byte[] chunk = new byte[CHUNK];
        try (from) {
            InputStream in = from.socket.getInputStream();
            comings.post(new byte[] {1});
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                octets.post(Arrays.copyOf(chunk, length));
            }
        } catch (IOException e) {
            // it is gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            gone(comings);
        }
    }

    private void gone(HostInbox.Port comings) {
        try {
            comings.post(new byte[] {0});
            client.set(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void start(String name, Runnable body) {
        Thread thread = new Thread(body, "picorn " + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until the client has been given what the server said last, then closes. */
    @Override
    public void close() {
        Client last = client.get();
        if (last != null) {
            last.finish();
        }
        try {
            socket.close();
        } catch (IOException e) {
            // it is not needed any more
        }
    }

    /** Who is connected. */
    private static final class Client implements AutoCloseable {
        private static final long PATIENCE = 1000;

        private final Socket socket;
        private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(WAITING);
        private final CountDownLatch written = new CountDownLatch(1);

        Client(Socket socket) {
            this.socket = socket;
        }

        void write() {
            try {
                socket.setTcpNoDelay(true);
                OutputStream out = socket.getOutputStream();
                for (byte[] octets = waiting.take(); octets != END; octets = waiting.take()) {
                    out.write(octets);
                    out.flush();
                }
            } catch (IOException e) {
                // it is gone
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                written.countDown();
                close();
            }
        }

        void finish() {
            try {
                if (waiting.offer(END)) {
                    written.await(PATIENCE, TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            close();
        }

        @Override
        public void close() {
            waiting.clear();
            waiting.offer(END);
            try {
                socket.close();
            } catch (IOException e) {
                // it is not needed any more
            }
        }
    }
}

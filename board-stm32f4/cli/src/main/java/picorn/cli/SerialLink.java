// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import picorn.emulator.host.HostInbox;
import picorn.stm32f4.board.SerialInput;

/** Joins a USART to the host: where its octets go, and a thread that reads and posts those that come. */
final class SerialLink implements AutoCloseable {
    private static final int CHUNK = 256;

    private final OutputStream out;
    private final AutoCloseable closing;

    private SerialLink(OutputStream out, AutoCloseable closing) {
        this.out = out;
        this.closing = closing;
    }

    /**
     * Who is at the machine's end of a serial line.
     *
     * @param input takes what comes, by way of {@code inbox}
     * @param pace is told while somebody may type
     * @param leave does what the escape key of a terminal asks for
     */
    record Line(SerialInput input, HostInbox inbox, RunPace pace, Runnable leave) {}

    /**
     * As the user said.
     *
     * @param console where standard output leads
     */
    static SerialLink open(SerialTarget target, OutputStream console, Line line) throws UsageError {
        if (target instanceof SerialTarget.ToFile file) {
            OutputFile output = new OutputFile("uart1", file.file());
            return new SerialLink(output, () -> {
                output.complete();
                output.close();
            });
        }
        if (target instanceof SerialTarget.Tcp tcp) {
            return tcp(tcp.port(), line);
        }
        if (target instanceof SerialTarget.Stdio) {
            StandardInput typed = StandardInput.open(line);
            return new SerialLink(console, typed);
        }
        return new SerialLink(console, () -> {});
    }

    private static SerialLink tcp(int port, Line line) throws UsageError {
        try {
            ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            System.err.printf(
                    "picorn: USART1 is at %s port %d%n",
                    server.getInetAddress().getHostAddress(), server.getLocalPort());
            HostInbox.Port source = line.inbox().open("uart1", line.input()::received);
            line.pace().opened();
            CurrentClient client = new CurrentClient();
            start("USART1 server", () -> serve(server, client, source, line.input()));
            return new SerialLink(client, () -> {
                source.close();
                server.close();
            });
        } catch (IOException e) {
            throw new UsageError(
                    "--uart1 tcp=%d: the port cannot be opened (%s); take another".formatted(port, e.getMessage()));
        }
    }

    /** The client that is connected; what is sent while there is none is lost, as on a serial line. */
    private static final class CurrentClient extends OutputStream {
        private final AtomicReference<OutputStream> current = new AtomicReference<>(OutputStream.nullOutputStream());

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int at, int length) {
            OutputStream client = current.get();
            try {
                client.write(octets, at, length);
            } catch (IOException e) {
                current.compareAndSet(client, OutputStream.nullOutputStream());
            }
        }
    }

    /** One client at a time, until the server is closed. */
    private static void serve(ServerSocket server, CurrentClient client, HostInbox.Port source, SerialInput input) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                client.current.set(socket.getOutputStream());
                pump(socket.getInputStream(), source, input);
            } catch (IOException e) {
                return; // closed, or no more sockets are to be had
            } finally {
                client.current.set(OutputStream.nullOutputStream());
            }
        }
    }

    static void start(String name, Runnable body) {
        Thread thread = new Thread(body, "picorn " + name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void pump(InputStream in, HostInbox.Port port, SerialInput input) {
        byte[] chunk = new byte[CHUNK];
        try {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                input.reserve(read);
                port.post(Arrays.copyOf(chunk, read));
            }
        } catch (IOException e) {
            // the host's side has closed: nothing more comes
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where the firmware's octets go. */
    OutputStream out() {
        return out;
    }

    @Override
    public void close() throws IOException {
        try {
            closing.close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}

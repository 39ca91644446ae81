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

/** Joins a USART to the host: octets out to a stream, octets in by a thread that reads and posts. */
final class SerialLink implements AutoCloseable {
    private static final int CHUNK = 256;

    /** Takes what the firmware sends. */
    private final AtomicReference<OutputStream> out;

    private final AutoCloseable closing;

    private SerialLink(AtomicReference<OutputStream> out, AutoCloseable closing) {
        this.out = out;
        this.closing = closing;
    }

    /** As the user said. */
    static SerialLink open(SerialTarget target, SerialInput input, HostInbox inbox) throws UsageError {
        try {
            if (target instanceof SerialTarget.ToFile file) {
                OutputFile output = new OutputFile(file.file());
                return new SerialLink(new AtomicReference<>(output), output);
            }
            if (target instanceof SerialTarget.Tcp tcp) {
                return tcp(tcp.port(), input, inbox);
            }
            if (target instanceof SerialTarget.Stdio) {
                HostInbox.Port port = inbox.open("uart1", input::received);
                start("standard input", () -> pump(System.in, port, input));
                return new SerialLink(new AtomicReference<>(System.out), port);
            }
            return new SerialLink(new AtomicReference<>(System.out), () -> {});
        } catch (IOException e) {
            throw new UsageError("--uart1 cannot be opened: " + e.getMessage());
        }
    }

    private static SerialLink tcp(int port, SerialInput input, HostInbox inbox) throws IOException {
        ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        System.err.printf(
                "picorn: USART1 is at %s port %d%n", server.getInetAddress().getHostAddress(), server.getLocalPort());
        HostInbox.Port source = inbox.open("uart1", input::received);
        AtomicReference<OutputStream> client = new AtomicReference<>(OutputStream.nullOutputStream());
        start("USART1 server", () -> serve(server, client, source, input));
        return new SerialLink(client, () -> {
            source.close();
            server.close();
        });
    }

    /** One client at a time; what is sent while there is none is lost, as on a serial line. */
    private static void serve(
            ServerSocket server, AtomicReference<OutputStream> client, HostInbox.Port source, SerialInput input) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                client.set(socket.getOutputStream());
                pump(socket.getInputStream(), source, input);
            } catch (IOException e) {
                // the client has gone, or the run has ended
            } finally {
                client.set(OutputStream.nullOutputStream());
            }
        }
    }

    private static void start(String name, Runnable body) {
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

    /** The firmware sent {@code octet}. */
    void send(int octet) {
        OutputStream stream = out.get();
        try {
            stream.write(octet);
            if (octet == '\n') {
                stream.flush();
            }
        } catch (IOException e) {
            out.compareAndSet(stream, OutputStream.nullOutputStream());
        }
    }

    @Override
    public void close() {
        try {
            out.get().flush();
            closing.close();
        } catch (Exception e) {
            System.err.println("picorn: the output of USART1 could not be completed: " + e.getMessage());
        }
    }
}

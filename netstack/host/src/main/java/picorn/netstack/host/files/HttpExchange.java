// SPDX-License-Identifier: MIT
package picorn.netstack.host.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import picorn.netstack.stack.Stack;
import picorn.netstack.tcp.TcpSocket;

/**
 * One request on a connection, and its answer, which ends with the connection (RFC 9112, section 6.3). A client that takes a minute
 * for its header, or of its answer takes nothing for a minute, is given up (section 9.5).
 */
final class HttpExchange {
    private static final int LONGEST_HEADER = 8192;
    private static final int CHUNK = 16 * 1024;
    /** Nanoseconds. */
    private static final long PATIENCE = 60_000_000_000L;

    private final Stack stack;
    private final TcpSocket socket;
    private final SharedDirectory directory;
    private final Consumer<HttpExchange> ended;
    private final StringBuilder header = new StringBuilder();
    private final byte[] chunk = new byte[CHUNK];
    private Optional<FileChannel> file = Optional.empty();
    private boolean answering;
    private boolean over;
    private long due;
    private long position;
    private long end;
    private int chunkAt;
    private int chunkEnd;

    HttpExchange(Stack stack, TcpSocket socket, SharedDirectory directory, Consumer<HttpExchange> ended) {
        this.stack = stack;
        this.socket = socket;
        this.directory = directory;
        this.ended = ended;
        progress();
        socket.onReady(this::proceed);
    }

    /** Does what can be done. */
    void proceed() {
        if (over) {
            return;
        }
        if (socket.failure().isPresent()) {
            finish();
            return;
        }
        try {
            if (!answering) {
                readHeader();
            }
            if (answering) {
                write();
            }
        } catch (IOException e) {
            socket.abort(); // the file is shorter than was said
            finish();
        }
    }

    private void progress() {
        due = stack.now() + PATIENCE;
    }

    /** When it is given up unless there is progress before. */
    long due() {
        return due;
    }

    /** There was no progress for too long. */
    void late() {
        socket.abort();
        finish();
    }

    private void readHeader() throws IOException {
        int count = socket.read(chunk, 0, chunk.length);
        for (int i = 0; i < count && !answering; i++) {
            header.append((char) (chunk[i] & 0xFF));
            if (chunk[i] == '\n' && (endsWith("\r\n\r\n") || endsWith("\n\n"))) {
                answer();
            } else if (header.length() > LONGEST_HEADER) {
                refuse("431 Request Header Fields Too Large");
            }
        }
        if (count < 0 && !answering) {
            finish();
        }
    }

    private boolean endsWith(String text) {
        return header.length() >= text.length() && header.indexOf(text, header.length() - text.length()) >= 0;
    }

    private void answer() throws IOException {
        Optional<HttpRequest> request = HttpRequest.parse(header.toString());
        if (request.isEmpty()) {
            refuse("400 Bad Request");
        } else if (!request.get().method().equals("GET")
                && !request.get().method().equals("HEAD")) {
            refuse("405 Method Not Allowed");
        } else {
            answer(request.get());
        }
    }

    private void answer(HttpRequest request) throws IOException {
        Optional<FileChannel> found = open(request.path());
        if (found.isEmpty()) {
            refuse("404 Not Found");
            return;
        }
        file = found;
        long size = found.get().size();
        if (request.from() > 0 && request.from() >= size) {
            refuse("416 Range Not Satisfiable");
            return;
        }
        position = request.from();
        end = request.method().equals("HEAD") ? position : size;
        String range = position == 0 ? "" : "Content-Range: bytes %d-%d/%d\r\n".formatted(position, size - 1, size);
        begin("HTTP/1.1 %s\r\nContent-Length: %d\r\n%sAccept-Ranges: bytes\r\n"
                .formatted(position == 0 ? "200 OK" : "206 Partial Content", size - position, range));
    }

    private Optional<FileChannel> open(String path) {
        try {
            return Optional.of(directory.open(path.endsWith("/") ? path + "index.html" : path));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void refuse(String status) {
        end = position;
        begin("HTTP/1.1 %s\r\nContent-Length: 0\r\nAllow: GET, HEAD\r\n".formatted(status));
    }

    private void begin(String head) {
        byte[] octets = (head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octets, 0, chunk, 0, octets.length);
        chunkAt = 0;
        chunkEnd = octets.length;
        answering = true;
        progress();
    }

    private void write() throws IOException {
        while (chunkAt < chunkEnd || position < end) {
            if (chunkAt == chunkEnd) {
                fill();
            }
            int written = socket.write(chunk, chunkAt, chunkEnd - chunkAt);
            if (written == 0) {
                return;
            }
            progress();
            chunkAt += written;
        }
        socket.close();
        finish();
    }

    private void fill() throws IOException {
        ByteBuffer into = ByteBuffer.wrap(chunk, 0, (int) Math.min(CHUNK, end - position));
        int count = file.orElseThrow().read(into, position);
        if (count <= 0) {
            throw new IOException("the file has become shorter");
        }
        position += count;
        chunkAt = 0;
        chunkEnd = count;
    }

    private void finish() {
        over = true;
        try {
            if (file.isPresent()) {
                file.get().close();
            }
        } catch (IOException e) {
            // it was only read
        }
        socket.close();
        ended.accept(this);
    }
}

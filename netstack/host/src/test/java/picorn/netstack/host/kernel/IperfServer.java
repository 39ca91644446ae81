// SPDX-License-Identifier: MIT
package picorn.netstack.host.kernel;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picorn.netstack.host.HostStack;
import picorn.netstack.host.TcpServer;
import picorn.netstack.host.TcpStream;
import picorn.netstack.tcp.TcpConfig;

/**
 * As much of an iperf3 server as its TCP tests take: a control connection with one-octet states and JSON after a length of 32 bits,
 * and data connections, each begun by the client's cookie of 37 octets.
 */
final class IperfServer {
    private static final int PORT = 5201;
    private static final int COOKIE = 37;
    private static final int TEST_START = 1;
    private static final int TEST_RUNNING = 2;
    private static final int TEST_END = 4;
    private static final int PARAM_EXCHANGE = 9;
    private static final int CREATE_STREAMS = 10;
    private static final int EXCHANGE_RESULTS = 13;
    private static final int DISPLAY_RESULTS = 14;
    private static final int IPERF_DONE = 16;
    private static final int BLOCK = 128 * 1024;

    private final TcpServer server;

    IperfServer(HostStack host, TcpConfig config) throws IOException {
        server = TcpServer.listen(host, PORT, config);
    }

    /** Serves one test from its first connection to the client's farewell; returns the octets that its streams carried. */
    long serveOne() throws IOException, InterruptedException {
        try (TcpStream control = server.accept()) {
            DataInputStream in = new DataInputStream(control.input());
            DataOutputStream out = new DataOutputStream(control.output());
            in.readFully(new byte[COOKIE]);
            out.write(PARAM_EXCHANGE);
            String parameters = readJson(in);
            out.write(CREATE_STREAMS);
            List<DataStream> streams =
                    accept(number(parameters, "parallel", 1), parameters.contains("\"reverse\":true"));
            out.write(TEST_START);
            out.write(TEST_RUNNING);
            expect(in, TEST_END);
            for (DataStream stream : streams) {
                stream.stop();
            }
            out.write(EXCHANGE_RESULTS);
            readJson(in);
            writeJson(out, results(streams));
            out.write(DISPLAY_RESULTS);
            expect(in, IPERF_DONE);
            return streams.stream().mapToLong(stream -> stream.octets.get()).sum();
        } finally {
            server.close();
        }
    }

    private List<DataStream> accept(int count, boolean reverse) throws IOException {
        List<DataStream> streams = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TcpStream connection = server.accept();
            new DataInputStream(connection.input()).readFully(new byte[COOKIE]);
            streams.add(reverse ? new Sending(connection) : new Receiving(connection));
        }
        streams.forEach(stream -> stream.thread.start());
        return streams;
    }

    /** iperf3 numbers its streams 1, 3, 4, 5 and so on. */
    private static String results(List<DataStream> streams) {
        StringBuilder each = new StringBuilder();
        for (int i = 0; i < streams.size(); i++) {
            each.append(i == 0 ? "" : ",")
                    .append(
                            """
                    {"id":%d,"bytes":%d,"retransmits":0,"jitter":0,"errors":0,"packets":0,"start_time":0,"end_time":1}"""
                                    .formatted(
                                            i == 0 ? 1 : i + 2,
                                            streams.get(i).octets.get()));
        }
        return """
                {"cpu_util_total":0,"cpu_util_user":0,"cpu_util_system":0,"sender_has_retransmits":1,"streams":[%s]}"""
                .formatted(each);
    }

    private static void expect(InputStream in, int state) throws IOException {
        int got = in.read();
        if (got != state) {
            throw new IOException("iperf3 sent state " + (byte) got + ", not " + state);
        }
    }

    private static String readJson(DataInputStream in) throws IOException {
        byte[] text = new byte[in.readInt()];
        in.readFully(text);
        return new String(text, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .collect(Collectors.joining());
    }

    private static void writeJson(DataOutputStream out, String json) throws IOException {
        out.writeInt(json.length());
        out.write(json.getBytes(StandardCharsets.US_ASCII));
    }

    private static int number(String json, String key, int otherwise) {
        Matcher matcher = Pattern.compile("\"" + key + "\":\\s*(\\d+)").matcher(json);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
    }

    private abstract static class DataStream {
        final TcpStream connection;
        final AtomicLong octets = new AtomicLong();
        final AtomicBoolean over = new AtomicBoolean();
        final Thread thread = new Thread(this::run);

        DataStream(TcpStream connection) {
            this.connection = connection;
        }

        private void run() {
            try {
                carry();
            } catch (IOException e) {
                if (!over.get()) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        abstract void carry() throws IOException;

        /** Closes the connection, as iperf3's server does; its client may wait for that before it looks at the control connection. */
        void stop() throws IOException, InterruptedException {
            over.set(true);
            connection.close();
            thread.join();
        }
    }

    private static final class Receiving extends DataStream {
        Receiving(TcpStream connection) {
            super(connection);
        }

        @Override
        void carry() throws IOException {
            InputStream in = connection.input();
            byte[] block = new byte[BLOCK];
            for (int count = in.read(block); count > 0; count = in.read(block)) {
                octets.addAndGet(count);
            }
        }
    }

    private static final class Sending extends DataStream {
        Sending(TcpStream connection) {
            super(connection);
        }

        @Override
        void carry() throws IOException {
            OutputStream out = connection.output();
            byte[] block = new byte[BLOCK];
            while (!over.get()) {
                out.write(block);
                octets.addAndGet(block.length);
            }
        }
    }
}

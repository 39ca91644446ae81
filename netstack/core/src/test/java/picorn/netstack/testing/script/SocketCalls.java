// SPDX-License-Identifier: MIT
package picorn.netstack.testing.script;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picorn.netstack.octets.Octets;
import picorn.netstack.stack.Stack;
import picorn.netstack.tcp.CongestionAlgorithm;
import picorn.netstack.tcp.KeepAlive;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpFeature;
import picorn.netstack.tcp.TcpListener;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.testing.Station;

/** The calls of scripts that act on sockets; what they return is compared with what the script says. */
final class SocketCalls {
    private static final long SECOND = 1_000_000_000L;
    private static final Map<String, TcpFeature> FEATURES = Map.of(
            "sack", TcpFeature.SACK,
            "ts", TcpFeature.TIMESTAMPS,
            "wscale", TcpFeature.WINDOW_SCALING,
            "ecn", TcpFeature.ECN,
            "nodelay", TcpFeature.NO_DELAY);

    private final Stack stack;
    private final Map<String, Call> calls = new HashMap<>();
    private Optional<TcpListener> listener = Optional.empty();
    private TcpConfig config = TcpConfig.DEFAULT.without(TcpFeature.TIMESTAMPS).without(TcpFeature.ECN);
    private int lastPort = 80;

    SocketCalls(Stack stack) {
        this.stack = stack;
        calls.put("config", (args, c) -> configure(args));
        calls.put("listen", (args, c) -> listen(Integer.parseInt(args)));
        calls.put("unlisten", (args, c) -> listener.orElseThrow().close());
        calls.put("accept", (args, c) -> accept(c));
        calls.put("no-accept", (args, c) -> same("accepted", false, accepted().isPresent()));
        calls.put("connect", (args, c) -> connect(Integer.parseInt(args), c));
        calls.put("write", (args, c) -> write(Integer.parseInt(args), c));
        calls.put("write-takes", (args, c) -> writeTakes(args, c));
        calls.put("urgent", (args, c) -> urgent(Integer.parseInt(args), c));
        calls.put("read", (args, c) -> read(Integer.parseInt(args), c));
        calls.put("read-some", (args, c) -> readSome(Integer.parseInt(args), c));
        calls.put("read-end", (args, c) -> same("read", -1, socket(c).read(new byte[1], 0, 1)));
        calls.put("shutdown", (args, c) -> socket(c).shutdownOutput());
        calls.put("close", (args, c) -> socket(c).close());
        calls.put("abort", (args, c) -> socket(c).abort());
        calls.put("state", (args, c) -> same("state", args, socket(c).state().name()));
        calls.put("failure", (args, c) -> same("failure", args, failure(c)));
        calls.put(
                "readable",
                (args, c) -> same("readable", Integer.parseInt(args), socket(c).readable()));
        calls.put(
                "writable",
                (args, c) -> same("writable", Integer.parseInt(args), socket(c).writable()));
        calls.put(
                "cwnd",
                (args, c) -> same("cwnd", args, String.valueOf(socket(c).info().cwnd())));
        calls.put(
                "ssthresh",
                (args, c) ->
                        same("ssthresh", args, String.valueOf(socket(c).info().ssthresh())));
        calls.put(
                "rto",
                (args, c) ->
                        same("rto ms", args, String.valueOf(socket(c).info().rto() / 1_000_000)));
        calls.put(
                "send-mss",
                (args, c) -> same("mss", args, String.valueOf(socket(c).info().mss())));
    }

    void call(String name, String args, Conversation conversation) {
        if (!calls.containsKey(name)) {
            throw new IllegalArgumentException("no command " + name);
        }
        calls.get(name).run(args, conversation);
    }

    int lastPort() {
        return lastPort;
    }

    private void configure(String args) {
        for (String part : args.split(" ")) {
            String[] pair = part.split("=");
            if (part.startsWith("+")) {
                config = config.with(FEATURES.get(part.substring(1)));
            } else if (part.startsWith("-")) {
                config = config.without(FEATURES.get(part.substring(1)));
            } else {
                config = configured(pair[0], pair[1]);
            }
        }
    }

    private TcpConfig configured(String name, String value) {
        return switch (name) {
            case "recv" -> config.receiveBuffer(Integer.parseInt(value));
            case "send" -> config.sendBuffer(Integer.parseInt(value));
            case "backlog" -> config.backlog(Integer.parseInt(value));
            case "congestion" -> config.congestion(CongestionAlgorithm.valueOf(value));
            case "usertimeout" -> config.userTimeout(Long.parseLong(value) * SECOND);
            case "linger" -> config.linger(Long.parseLong(value) * SECOND);
            case "keepalive" -> config.keepAlive(keepAlive(value.split("/")));
            default -> throw new IllegalArgumentException("no option " + name);
        };
    }

    private static KeepAlive keepAlive(String[] values) {
        return new KeepAlive(
                Long.parseLong(values[0]) * SECOND, Long.parseLong(values[1]) * SECOND, Integer.parseInt(values[2]));
    }

    private void listen(int port) {
        lastPort = port;
        listener = Optional.of(stack.tcp().listen(port, config));
    }

    private Optional<TcpSocket> accepted() {
        return listener.orElseThrow().accept();
    }

    private void accept(Conversation c) {
        c.socket = accepted();
        same("accepted", true, c.socket.isPresent());
    }

    private void connect(int port, Conversation c) {
        TcpSocket socket = stack.tcp().connect(Station.PEER, port, config);
        c.socket = Optional.of(socket);
        c.peerPort = port;
        c.ourPort = socket.localPort();
    }

    private static TcpSocket socket(Conversation c) {
        return c.socket.orElseThrow(() -> new Failure("no socket"));
    }

    private static String failure(Conversation c) {
        return socket(c).failure().map(Enum::name).orElse("NONE");
    }

    private static void write(int octets, Conversation c) {
        int taken = socket(c).write(Stream.octets(c.written + 1, octets), 0, octets);
        same("octets written", octets, taken);
        c.written += taken;
    }

    /** Tries to write more than the socket takes: {@code write-takes 5000 4096}. */
    private static void writeTakes(String args, Conversation c) {
        String[] words = args.split(" ");
        int octets = Integer.parseInt(words[0]);
        int taken = socket(c).write(Stream.octets(c.written + 1, octets), 0, octets);
        same("octets written", Integer.parseInt(words[1]), taken);
        c.written += taken;
    }

    private static void urgent(int octets, Conversation c) {
        same("octets", octets, socket(c).writeUrgent(Octets.over(Stream.octets(c.written + 1, octets))));
        c.written += octets;
    }

    /** Reads all that is there, which is to be so much. */
    private static void read(int octets, Conversation c) {
        read(octets, new byte[octets + 1000], c);
    }

    /** Reads no more than so much. */
    private static void readSome(int octets, Conversation c) {
        read(octets, new byte[octets], c);
    }

    private static void read(int octets, byte[] to, Conversation c) {
        int count = socket(c).read(to, 0, to.length);
        same("octets read", octets, count);
        if (Stream.firstWrong(to, 0, count, c.read + 1) >= 0) {
            throw new Failure("other octets than the peer has sent");
        }
        c.read += count;
    }

    static void same(String what, Object should, Object is) {
        if (!should.equals(is)) {
            throw new Failure(what + " should be " + should + ", is " + is);
        }
    }

    /** A call of a socket. */
    private interface Call {
        void run(String args, Conversation conversation);
    }
}

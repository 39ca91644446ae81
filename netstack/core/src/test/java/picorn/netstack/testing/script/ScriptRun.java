// SPDX-License-Identifier: MIT
package picorn.netstack.testing.script;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.stack.StackConfig;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;

/**
 * Runs a script against a stack and a virtual clock. A line is {@code [+seconds | +from~to] command}; a time lets the clock run
 * from the line before. Whatever the stack sends must be expected, in order; what it sent before time passes or something is
 * injected, too. Commands:
 *
 * <pre>
 * expect SEGMENT | expect icmp type=3 code=3 | expect arp op=2 | quiet SECONDS | wait SECONDS (whatever is sent)
 * inject SEGMENT | inject icmp type=8 len=4 | inject udp dport=9 len=4 | inject arp op=1 target=10.0.2.2 | inject ip proto=99
 * peer PORT (another connection, from this port) | isn NUMBER (before the SYN) | mss N (for established)
 * stack memory=65536 | config recv=4096 congestion=none -sack +nodelay … | listen PORT | connect PORT | established <options>
 * established-rtt SECONDS <options> | ecn-established | distinct-iss N | distinct-ports N | syn-flood N | iss-grown FROM~TO
 * accept | no-accept | write N | read N | read-end | shutdown | close | abort | state NAME | failure NAME | writable N …
 * times N LINE (the same line N times)
 * </pre>
 */
public final class ScriptRun {
    private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000);
    private static final long TOLERANCE = 1_000_000;
    private static final int PEER_PORT = 5000;

    private final List<String> log = new ArrayList<>();
    private final Map<String, Consumer<String>> commands = new HashMap<>();
    private final Map<Integer, Conversation> conversations = new HashMap<>();
    private StackConfig stackConfig;
    private Peer peer;
    private Conversation current = new Conversation(PEER_PORT, 1000);
    private SocketCalls sockets;
    private Floods floods;
    private long from;
    private long to;

    private ScriptRun(StackConfig config) {
        stackConfig = config.seed(1);
        conversations.put(PEER_PORT, current);
        commands.put("stack", this::configureStack);
        commands.put("expect", this::expect);
        commands.put("inject", this::inject);
        commands.put("inject-broadcast", this::injectBroadcast);
        commands.put("quiet", this::quiet);
        commands.put("wait", this::pass);
        commands.put("forget", args -> peer().unread().clear());
        commands.put(
                "peer",
                args -> current =
                        conversations.computeIfAbsent(Integer.parseInt(args), port -> new Conversation(port, 1000)));
        commands.put("isn", args -> current.irs = (int) Long.parseLong(args));
        commands.put("established", this::establish);
        commands.put("established-rtt", this::establishSlowly);
        commands.put("ecn-established", this::establishWithEcn);
        commands.put("expect-syn-ack", args -> expectSynAck());
        commands.put("distinct-iss", args -> floods().distinctIss(args));
        commands.put("distinct-ports", args -> floods().distinctPorts(args));
        commands.put("syn-flood", args -> floods().synFlood(args));
        commands.put("sent-at-most", args -> floods().sentAtMost(args));
        commands.put("inject-quietly", this::injectQuietly);
        commands.put("iss-grown", this::issGrown);
        commands.put("times", this::repeat);
        commands.put("arp-shown", args -> peer().showArp());
        commands.put("dropped", this::dropped);
        commands.put("counter", this::counter);
        commands.put("icmp-error", this::icmpError);
    }

    /** Runs a script; throws an error that shows the exchange if script and stack do not agree. */
    public static void run(Script script, StackConfig config) {
        ScriptRun run = new ScriptRun(config);
        String failing = "";
        try {
            for (String line : script.lines()) {
                failing = line;
                run.line(line);
            }
            run.nothingUnread("at the end");
        } catch (RuntimeException | AssertionError e) {
            String text = script + "\n" + String.join("\n", run.log) + "\n>>> " + failing + "\n    " + e.getMessage();
            AssertionError error = new AssertionError(text);
            if (!(e instanceof Failure)) {
                error.initCause(e);
            }
            throw error;
        }
    }

    private Peer peer() {
        if (peer == null) {
            peer = new Peer(stackConfig);
            sockets = new SocketCalls(peer.stack());
            floods = new Floods(peer);
        }
        return peer;
    }

    private Floods floods() {
        peer();
        return floods;
    }

    private void line(String line) {
        from = 0;
        to = 0;
        String rest = line;
        if (line.startsWith("+")) {
            String[] parts = line.split(" ", 2);
            time(parts[0].substring(1));
            rest = parts[1].trim();
        }
        String[] words = rest.split(" ", 2);
        String args = words.length < 2 ? "" : words[1].trim();
        if (!words[0].startsWith("expect") && to > 0) {
            quietFor(to);
        }
        log.add((peer == null ? "         " : stamp(peer.now())) + "    " + line);
        Consumer<String> command = commands.get(words[0]);
        if (command != null) {
            command.accept(args);
        } else {
            peer();
            sockets.call(words[0], args, current);
            show();
        }
    }

    private void time(String text) {
        String[] range = text.split("~");
        from = nanoseconds(range[0]);
        to = nanoseconds(range[range.length - 1]);
        if (range.length == 1) {
            from -= TOLERANCE;
            to += TOLERANCE;
        }
    }

    private static long nanoseconds(String seconds) {
        return new BigDecimal(seconds).multiply(BILLION).longValueExact();
    }

    private static String stamp(long time) {
        return String.format("%9.4f", (time - 5_000_000_000L) / 1e9);
    }

    private void repeat(String args) {
        String[] words = args.split(" ", 2);
        for (int i = 0; i < Integer.parseInt(words[0]); i++) {
            line(words[1]);
        }
    }

    private void configureStack(String args) {
        for (String part : args.split(" ")) {
            String[] pair = part.split("=");
            stackConfig = switch (pair[0]) {
                case "memory" -> stackConfig.memory(Long.parseLong(pair[1]));
                case "seed" -> stackConfig.seed(Long.parseLong(pair[1]));
                default -> throw new IllegalArgumentException("a stack has no " + pair[0]);
            };
        }
    }

    private void establish(String options) {
        String all = options.isEmpty() ? "<mss 1000>" : options;
        line("listen 80");
        line("inject S 0:0(0) win 65535 " + all);
        line("expect S. 0:0(0) ack 1");
        line("inject . 1:1(0) ack 1 win 65535" + (all.contains("ts ") ? " <ts 101 last>" : ""));
        line("accept");
    }

    private void establishSlowly(String args) {
        String[] words = args.split(" ", 2);
        line("listen 80");
        line("inject S 0:0(0) win 65535 " + (words.length < 2 ? "<mss 1000>" : words[1]));
        line("expect S. 0:0(0) ack 1");
        line("+" + words[0] + " inject . 1:1(0) ack 1 win 65535");
        line("accept");
    }

    private void establishWithEcn(String args) {
        line("listen 80");
        line("inject SEW 0:0(0) win 65535 <mss 1000>");
        line("expect S.E 0:0(0) ack 1");
        line("inject . 1:1(0) ack 1 win 65535");
        line("accept");
    }

    private void issGrown(String range) {
        int before = current.issOrZero();
        line("expect S. 0:0(0) ack 1");
        long grown = Integer.toUnsignedLong(current.issOrZero() - before);
        String[] bounds = range.split("~");
        if (grown < Long.parseLong(bounds[0]) || grown > Long.parseLong(bounds[1])) {
            throw new Failure("the initial sequence number has grown by " + grown);
        }
    }

    // ---- what the stack sends

    private void quiet(String seconds) {
        quietFor(nanoseconds(seconds));
    }

    private void pass(String seconds) {
        peer().advance(nanoseconds(seconds));
        show();
        peer().unread().clear();
    }

    private void quietFor(long time) {
        nothingUnread("while nothing should be sent");
        long exact = to == 0 || from < to - 2 * TOLERANCE ? time : time - TOLERANCE;
        peer().awaitFrame(exact);
        show();
        nothingUnread("while nothing should be sent");
    }

    private void nothingUnread(String when) {
        if (peer != null && !peer.unread().isEmpty()) {
            show();
            throw new Failure("the stack has sent what was not expected, " + when + ": "
                    + describe(peer.unread().peek()));
        }
    }

    /** Frames not looked at yet, for the log; they stay unread. */
    private void show() {
        peer().unread().forEach(sent -> {
            String line = stamp(sent.time()) + " >> " + describe(sent);
            if (!log.contains(line)) {
                log.add(line);
            }
        });
    }

    private String describe(Sent sent) {
        return sent.tcp()
                .map(segment -> {
                    Conversation whose = conversations.getOrDefault(segment.dstPort(), current);
                    int base = segment.has(Tcp4.SYN) ? segment.seq() : whose.issOrZero();
                    return whose.describe(segment, base, whose.irs);
                })
                .orElse(sent.kind() + " " + sent.fields());
    }

    private void expect(String what) {
        expect(what, peer().now());
    }

    private void expect(String what, long since) {
        if (peer.unread().isEmpty()) {
            peer.awaitFrame(to);
        }
        show();
        Sent sent = peer.unread().poll();
        if (sent == null) {
            throw new Failure("the stack has sent nothing"
                    + (to == 0 ? "" : " by " + stamp(peer.now()).trim()));
        }
        if (to > 0 && sent.time() - since < from) {
            throw new Failure("too early: " + describe(sent));
        }
        String kind = what.split(" ")[0];
        if (kind.matches("icmp|arp|udp|ip")) {
            matchFields(kind, what.substring(kind.length()).trim(), sent);
        } else {
            Tcp4 segment = sent.tcp().orElseThrow(() -> new Failure("not TCP: " + describe(sent)));
            matchSegment(Pattern.parse(what), segment);
        }
    }

    /** A SYN-ACK, with ECE or without. */
    private void expectSynAck() {
        long since = peer().now();
        if (peer().unread().isEmpty()) {
            peer.awaitFrame(to);
        }
        boolean ece = peer.unread().peek() != null
                && peer.unread().peek().tcp().filter(s -> s.has(Tcp4.ECE)).isPresent();
        expect(ece ? "S.E 0:0(0) ack 1" : "S. 0:0(0) ack 1", since);
    }

    private void matchFields(String kind, String wanted, Sent sent) {
        check("kind", kind, sent.kind(), sent);
        for (String part : wanted.isEmpty() ? new String[0] : wanted.split(" ")) {
            String[] pair = part.split("=");
            Long is = sent.fields().get(pair[0]);
            check(pair[0], String.valueOf(Injections.number(pair[1])), String.valueOf(is), sent);
        }
    }

    private void check(String what, Object wanted, Object is, Sent sent) {
        if (!wanted.equals(is)) {
            throw new Failure(what + " should be " + wanted + ", is " + is + ": " + describe(sent));
        }
    }

    private void matchSegment(Pattern wanted, Tcp4 segment) {
        Conversation whose = conversations.computeIfAbsent(segment.dstPort(), port -> current);
        if (whose.ourPort == 0) {
            whose.ourPort = segment.srcPort();
        }
        whose.saw(segment);
        new Match(whose, wanted, segment).check();
    }

    // ---- what the peer sends

    private void inject(String what) {
        nothingUnread("before the next injection");
        String kind = what.split(" ")[0];
        if (kind.matches("icmp|arp|udp|ip")) {
            peer().give(Injections.frame(kind, what.substring(kind.length()).trim()));
        } else {
            peer().giveIp(segment(Pattern.parse(what)).packet());
        }
        show();
    }

    private void injectBroadcast(String what) {
        byte[] packet = segment(Pattern.parse(what)).to(-1).packet();
        peer().give(Frames.ethernet(MacAddress.BROADCAST, Station.PEER_MAC, EthernetHeader.IPV4, packet));
    }

    private void injectQuietly(String what) {
        peer().giveIp(segment(Pattern.parse(what)).packet());
        floods().countSent();
    }

    private Tcp4 segment(Pattern pattern) {
        if (current.ourPort == 0) {
            current.ourPort = sockets.lastPort();
        }
        int flags = Tcp4.flags(pattern.flags());
        int start = pattern.start() == Pattern.ANYWHERE ? 0 : pattern.start();
        OptionalInt ack = pattern.ack();
        return new Tcp4(
                Station.PEER.bits(),
                Station.US.bits(),
                pattern.ecnBits(),
                current.peerPort,
                current.ourPort,
                current.irs + start,
                ack.isPresent() ? current.issOrZero() + ack.getAsInt() : 0,
                flags,
                pattern.window().isEmpty() ? 65535 : Integer.parseInt(pattern.window()),
                pattern.urgent().orElse(0),
                pattern.optionOctets(current.issOrZero(), current.names()),
                Stream.octets(start, pattern.length()));
    }

    /** An ICMP error about a segment of ours: {@code icmp-error type=3 code=4 mtu=600 seq=1}. */
    private void icmpError(String args) {
        Map<String, Long> fields = Injections.fields(args);
        Tcp4 quoted = new Tcp4(
                Station.US.bits(),
                Station.PEER.bits(),
                0,
                current.ourPort,
                current.peerPort,
                current.issOrZero() + fields.getOrDefault("seq", 0L).intValue(),
                current.irs + 1,
                Tcp4.ACK,
                1000,
                0,
                new byte[0],
                new byte[fields.getOrDefault("len", 0L).intValue()]);
        peer().giveIp(Injections.icmpError(fields, quoted.packet()));
        show();
    }

    // ---- counters

    private void dropped(String args) {
        String[] words = args.split(" ");
        counter("drop." + words[0] + " " + words[1]);
    }

    private void counter(String args) {
        String[] words = args.split(" ");
        long is = peer().stack().counters().counters().getOrDefault(words[0], 0L);
        if (is != Long.parseLong(words[1])) {
            throw new Failure(words[0] + " is " + is);
        }
    }
}

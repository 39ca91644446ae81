// SPDX-License-Identifier: MIT
package picorn.netstack.testing.script;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import picorn.netstack.tcp.TcpSocket;

/** One connection of a script as the peer sees it: whose sequence numbers begin where, and what has been read and written. */
final class Conversation {
    int peerPort;
    int ourPort;
    int irs;
    OptionalInt iss = OptionalInt.empty();
    Optional<TcpSocket> socket = Optional.empty();
    long read;
    long written;
    private final Map<String, Integer> timestamps = new HashMap<>();

    Conversation(int peerPort, int irs) {
        this.peerPort = peerPort;
        this.irs = irs;
    }

    int issOrZero() {
        return iss.orElse(0);
    }

    /** Names that timestamp options of scripts may use: first and last value that the stack has sent. */
    Map<String, Integer> names() {
        return timestamps;
    }

    void saw(Tcp4 segment) {
        if (segment.has(Tcp4.SYN)) {
            iss = OptionalInt.of(segment.seq());
        }
        Tcp4.Option stamp = segment.option(Tcp4.Option.TIMESTAMPS);
        if (stamp.present()) {
            timestamps.putIfAbsent("first", stamp.word(0));
            timestamps.put("last", stamp.word(0));
        }
    }

    String describe(Tcp4 s, int seqBase, int ackBase) {
        int seq = s.seq() - seqBase;
        StringBuilder text = new StringBuilder(Tcp4.letters(s.flags()))
                .append(' ')
                .append(Integer.toUnsignedLong(seq) > 1L << 31 && seqBase == 0 ? Integer.toUnsignedString(seq) : seq)
                .append(':')
                .append(seq + s.data().length)
                .append('(')
                .append(s.data().length)
                .append(')');
        if (s.has(Tcp4.ACK)) {
            text.append(" ack ").append(s.ack() - ackBase);
        }
        text.append(" win ").append(s.window());
        if (s.has(Tcp4.URG)) {
            text.append(" urg ").append(s.urgent());
        }
        text.append(s.ecn() == 0 ? "" : s.ecn() == 3 ? " ce" : s.ecn() == 2 ? " ect0" : " ect1");
        Map<String, String> options = options(s, ackBase);
        if (!options.isEmpty()) {
            text.append(" <");
            options.forEach((name, value) -> text.append(text.charAt(text.length() - 1) == '<' ? "" : ",")
                    .append((name + " " + value).trim()));
            text.append('>');
        }
        return text.toString();
    }

    /** Options by their names in scripts; SACK edges relative to what the other side sends. */
    static Map<String, String> options(Tcp4 s, int ackBase) {
        Map<String, String> options = new TreeMap<>();
        for (Tcp4.Option option : s.optionList()) {
            switch (option.kind()) {
                case Tcp4.Option.MSS -> options.put("mss", String.valueOf(option.half()));
                case Tcp4.Option.SCALE -> options.put("wscale", String.valueOf(option.value()[0]));
                case Tcp4.Option.SACK_OK -> options.put("sackOK", "");
                case Tcp4.Option.TIMESTAMPS -> options.put("ts", option.word(0) + " " + option.word(1));
                case Tcp4.Option.SACK -> {
                    StringBuilder blocks = new StringBuilder();
                    for (int i = 0; i < option.value().length / 4; i += 2) {
                        blocks.append(i == 0 ? "" : " ")
                                .append(option.word(i) - ackBase)
                                .append(':');
                        blocks.append(option.word(i + 1) - ackBase);
                    }
                    options.put("sack", blocks.toString());
                }
                default -> options.put("option-" + option.kind(), "");
            }
        }
        return options;
    }
}

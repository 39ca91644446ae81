// SPDX-License-Identifier: MIT
package picorn.netstack.testing.script;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;

/**
 * A segment as scripts write it: {@code S. 0:0(0) ack 1 win 1000 urg 5 ce <mss 1460,sackOK,ts 5 last,sack 1:5 9:12,no-wscale>}.
 * Sequence numbers are relative; what is left out is not compared, or takes its default when injected.
 */
record Pattern(
        String flags,
        int start,
        int length,
        OptionalInt ack,
        String window,
        OptionalInt urgent,
        String ecn,
        String options) {
    private static final java.util.regex.Pattern SYNTAX = java.util.regex.Pattern.compile(
            "([FSRP.UEW-]+)(?: (-?\\d+):(-?\\d+)\\((\\d+)\\))?(?: ack (-?\\d+))?(?: win ?((?:>=|<=|>|<)?\\d+))?"
                    + "(?: urg (\\d+))?(?: (ce|ect0|ect1|not-ect))?(?: <([^>]*)>)?");
    static final int ANYWHERE = Integer.MIN_VALUE;

    static Pattern parse(String text) {
        Matcher m = SYNTAX.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("not a segment: " + text);
        }
        int start = m.group(2) == null ? ANYWHERE : (int) Long.parseLong(m.group(2));
        int length = m.group(4) == null ? 0 : Integer.parseInt(m.group(4));
        if (m.group(3) != null && (int) Long.parseLong(m.group(3)) - start != length) {
            throw new IllegalArgumentException("from, to and length do not agree: " + text);
        }
        return new Pattern(
                m.group(1).replace("-", ""),
                start,
                length,
                number(m.group(5)),
                m.group(6) == null ? "" : m.group(6),
                number(m.group(7)),
                m.group(8) == null ? "" : m.group(8),
                m.group(9) == null ? "" : m.group(9));
    }

    private static OptionalInt number(String digits) {
        return digits == null ? OptionalInt.empty() : OptionalInt.of((int) Long.parseLong(digits));
    }

    int ecnBits() {
        return switch (ecn) {
            case "ce" -> 3;
            case "ect0" -> 2;
            case "ect1" -> 1;
            default -> 0;
        };
    }

    boolean windowIs(int window) {
        String digits = this.window.replaceAll("[<>=]", "");
        if (digits.isEmpty()) {
            return true;
        }
        int bound = Integer.parseInt(digits);
        return switch (this.window.substring(0, this.window.length() - digits.length())) {
            case ">=" -> window >= bound;
            case "<=" -> window <= bound;
            case ">" -> window > bound;
            case "<" -> window < bound;
            default -> window == bound;
        };
    }

    /** The options as octets; sequence numbers of SACK blocks are relative to what the other side sends. */
    byte[] optionOctets(int sackBase, Map<String, Integer> names) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String option : options.isEmpty() ? new String[0] : options.split(",")) {
            String[] words = option.trim().split(" ");
            switch (words[0]) {
                case "mss" -> put(out, 2, 16, Integer.parseInt(words[1]));
                case "wscale" -> put(out, 3, 8, Integer.parseInt(words[1]));
                case "sackOK" -> put(out, 4, 8);
                case "nop" -> out.write(1);
                case "eol" -> out.write(0);
                case "ts" -> put(out, 8, 32, value(words[1], names), value(words[2], names));
                case "sack" -> put(out, 5, 32, edges(words, sackBase));
                case "raw" -> out.writeBytes(HexFormat.of().parseHex(words[1]));
                default -> throw new IllegalArgumentException("not an option: " + option);
            }
        }
        return out.toByteArray();
    }

    static int value(String word, Map<String, Integer> names) {
        return names.containsKey(word) ? names.get(word) : (int) Long.parseLong(word);
    }

    static int[] edges(String[] words, int base) {
        int[] edges = new int[2 * (words.length - 1)];
        for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split(":");
            edges[2 * i - 2] = base + Integer.parseInt(pair[0]);
            edges[2 * i - 1] = base + Integer.parseInt(pair[1]);
        }
        return edges;
    }

    private static void put(ByteArrayOutputStream out, int kind, int bits, int... values) {
        out.write(kind);
        out.write(2 + values.length * bits / 8);
        for (int value : values) {
            for (int shift = bits - 8; shift >= 0; shift -= 8) {
                out.write(value >>> shift);
            }
        }
    }

    /** What options a segment must have, by name; "no-" before a name means that it must not be there. */
    Map<String, String> wantedOptions() {
        Map<String, String> wanted = new TreeMap<>();
        for (String option : options.isEmpty() ? new String[0] : options.split(",")) {
            String[] nameAndValue = option.trim().split(" ", 2);
            wanted.put(nameAndValue[0], nameAndValue.length < 2 ? "" : nameAndValue[1]);
        }
        return wanted;
    }
}

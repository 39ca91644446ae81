// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;

/**
 * A value change dump as a viewer reads it, token by token (IEEE 1364-2005, 18.2), in picoseconds.
 *
 * @param rises of each wire, by module and name: when it became 1, its value at the beginning apart
 * @param end the last time
 */
record Waveforms(Map<String, List<Long>> rises, long end) {
    static Waveforms parse(String text) {
        return new Parser(text).parse();
    }

    private static final class Parser {
        private final Scanner in;
        private final Deque<String> scopes = new ArrayDeque<>();
        private final Map<String, String> names = new HashMap<>();
        private final Map<String, Character> values = new HashMap<>();
        private final Map<String, List<Long>> rises = new HashMap<>();
        private long time = -1;

        Parser(String text) {
            in = new Scanner(text);
        }

        Waveforms parse() {
            while (in.hasNext()) {
                token(in.next());
            }
            assertThat(scopes).isEmpty();
            assertThat(values.keySet()).isEqualTo(names.keySet());
            return new Waveforms(rises, time);
        }

        private void token(String token) {
            switch (token) {
                case "$timescale" -> assertThat(untilEnd()).containsExactly("1", "ps");
                case "$scope" -> scopes.addLast(untilEnd().get(1));
                case "$upscope" -> {
                    untilEnd();
                    scopes.removeLast();
                }
                case "$var" -> declare(untilEnd());
                case "$enddefinitions" -> untilEnd();
                case "$dumpvars", "$end" -> {}
                default -> change(token);
            }
        }

        private List<String> untilEnd() {
            List<String> words = new ArrayList<>();
            for (String word = in.next(); !word.equals("$end"); word = in.next()) {
                words.add(word);
            }
            return words;
        }

        private void declare(List<String> wire) {
            assertThat(wire.subList(0, 2)).containsExactly("wire", "1");
            String name = String.join(".", scopes) + "." + wire.get(3);
            assertThat(names.put(wire.get(2), name)).as(name).isNull();
            rises.put(name, new ArrayList<>());
        }

        private void change(String token) {
            if (token.startsWith("#")) {
                long next = Long.parseLong(token.substring(1));
                assertThat(next).isGreaterThan(time);
                time = next;
                return;
            }
            String wire = token.substring(1);
            assertThat(names).containsKey(wire);
            Character before = values.put(wire, token.charAt(0));
            if (before != null) {
                assertThat(token.charAt(0)).isNotEqualTo(before).isIn('0', '1');
                if (token.charAt(0) == '1') {
                    rises.get(names.get(wire)).add(time);
                }
            }
        }
    }
}

// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Chrome trace events as a viewer takes them: JSON, times that do not go back, an E for each B of the same track.
 *
 * @param tracks name of each
 * @param calls how often each function began
 * @param handlersEntered how often any exception's handler did
 */
record ChromeEvents(Map<Long, String> tracks, Map<String, Integer> calls, long handlersEntered) {
    static ChromeEvents parse(String text) {
        Map<?, ?> file = (Map<?, ?>) JsonText.parse(text);
        Reader reader = new Reader();
        for (Object event : (Iterable<?>) file.get("traceEvents")) {
            reader.take((Map<?, ?>) event);
        }
        assertThat(reader.open.values()).allMatch(Deque::isEmpty);
        return new ChromeEvents(reader.tracks, reader.calls, reader.handlers);
    }

    private static final class Reader {
        private final Map<Long, String> tracks = new TreeMap<>();
        private final Map<Long, Deque<Object>> open = new TreeMap<>();
        private final Map<String, Integer> calls = new HashMap<>();
        private long handlers;
        private double time;

        void take(Map<?, ?> event) {
            long track = ((Double) event.get("tid")).longValue();
            switch ((String) event.get("ph")) {
                case "M" -> {
                    tracks.put(track, (String) ((Map<?, ?>) event.get("args")).get("name"));
                    open.put(track, new ArrayDeque<>());
                }
                case "B" -> begin(event, open.get(track));
                case "E" -> {
                    advance(event);
                    assertThat(open.get(track)).isNotEmpty();
                    open.get(track).pop();
                }
                default -> throw new AssertionError("unknown phase " + event);
            }
        }

        private void begin(Map<?, ?> event, Deque<Object> stack) {
            advance(event);
            stack.push(event.get("name"));
            if ("irq".equals(event.get("cat"))) {
                handlers++;
            } else {
                calls.merge((String) event.get("name"), 1, Integer::sum);
            }
        }

        private void advance(Map<?, ?> event) {
            double at = (Double) event.get("ts");
            assertThat(at).isGreaterThanOrEqualTo(time);
            time = at;
        }
    }
}

// SPDX-License-Identifier: MIT
package picorn.cli;

import java.util.Collection;
import java.util.Map;

/** Writes values as JSON (RFC 8259): maps, collections, strings, numbers, truth values. */
final class Json {
    private final StringBuilder out = new StringBuilder();

    private Json() {}

    static String of(Object value) {
        Json json = new Json();
        json.value(value, 0);
        return json.out.append('\n').toString();
    }

    private void value(Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            items('{', map.entrySet(), '}', depth);
        } else if (value instanceof Collection<?> collection) {
            items('[', collection, ']', depth);
        } else if (value instanceof Map.Entry<?, ?> entry) {
            string(entry.getKey().toString());
            out.append(": ");
            value(entry.getValue(), depth);
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            string(value.toString());
        }
    }

    private void items(char open, Collection<?> items, char close, int depth) {
        out.append(open);
        String separator = "";
        for (Object item : items) {
            out.append(separator).append('\n').append("  ".repeat(depth + 1));
            value(item, depth + 1);
            separator = ",";
        }
        if (!items.isEmpty()) {
            out.append('\n').append("  ".repeat(depth));
        }
        out.append(close);
    }

    private void string(String text) {
        out.append('"');
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c < 0x20) {
                out.append("\\u%04x".formatted(c));
            } else {
                out.append((char) c);
            }
        });
        out.append('"');
    }
}

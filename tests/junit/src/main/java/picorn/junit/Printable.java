// SPDX-License-Identifier: MIT
package picorn.junit;

import java.util.List;

/** Text for a message: control characters as the Java language escapes them, so that it stays in its line. */
final class Printable {
    private static final List<String> ESCAPES = List.of("\r", "\\r", "\n", "\\n", "\t", "\\t");

    private Printable() {}

    static String of(String text) {
        String escaped = text;
        for (int i = 0; i < ESCAPES.size(); i += 2) {
            escaped = escaped.replace(ESCAPES.get(i), ESCAPES.get(i + 1));
        }
        return escaped.replaceAll("\\p{Cntrl}", "?");
    }
}

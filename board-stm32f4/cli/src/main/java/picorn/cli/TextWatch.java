// SPDX-License-Identifier: MIT
package picorn.cli;

import java.nio.charset.StandardCharsets;

/** Looks for a text in a stream of octets. */
final class TextWatch {
    private final byte[] text;
    /** For each length matched: the longest shorter match that goes on with it (Knuth, Morris, Pratt). */
    private final int[] fallback;

    private int matched;

    TextWatch(String wanted) {
        text = wanted.getBytes(StandardCharsets.UTF_8);
        fallback = new int[text.length + 1];
        for (int i = 1; i < text.length; i++) {
            fallback[i + 1] = extend(fallback[i], text[i]);
        }
    }

    private int extend(int length, byte octet) {
        int candidate = length;
        while (candidate > 0 && (candidate == text.length || text[candidate] != octet)) {
            candidate = fallback[candidate];
        }
        return text[candidate] == octet ? candidate + 1 : 0;
    }

    /** Takes the next octet; whether it completes the text. */
    boolean sees(int octet) {
        matched = extend(matched, (byte) octet);
        return matched == text.length;
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import java.util.Arrays;
import java.util.Locale;

/** What an engine translates. What it computes, and in how many cycles, is the same. */
public enum Translation {
    /** Nothing. */
    OFF,
    /** What is executed often, while interpreting goes on. */
    ON,
    /** Everything, before it is executed: for tests. */
    STRESS,
    /** Everything, and forgets some of it all the time: for tests. */
    FORGETFUL;

    /** How users write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The one that users write as {@code word}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Translation named(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "picorn.translate=%s: one of off, on, stress, forgetful is wanted".formatted(word)));
    }
}

// SPDX-License-Identifier: MIT
package picorn.stm32f4.trace;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be traced. */
public enum TraceKind {
    /** Accesses to registers. */
    MMIO,
    /** Exceptions: pending, entered, left. */
    IRQ,
    /** What DMA masters move. */
    DMA,
    /** Frames at the cable. */
    NET,
    /** Functions entered and left. */
    EXEC,
    /** Instructions. */
    INSN;

    /** What a user calls it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind that a user calls {@code word}. */
    public static Optional<TraceKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** All words, separated by commas. */
    public static String words() {
        return Arrays.stream(values()).map(TraceKind::word).collect(Collectors.joining(", "));
    }
}

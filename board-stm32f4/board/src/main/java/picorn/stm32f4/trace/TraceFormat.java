// SPDX-License-Identifier: MIT
package picorn.stm32f4.trace;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The form in which a trace is written, by the ending of its file's name. */
public enum TraceFormat {
    /** Lines for people. */
    TEXT(EnumSet.allOf(TraceKind.class)),
    /** Value change dump of interrupts and pins, for GTKWave. */
    VCD(EnumSet.of(TraceKind.IRQ), ".vcd"),
    /** Chrome's trace events of functions and interrupts, for Perfetto and chrome://tracing. */
    CHROME(EnumSet.of(TraceKind.EXEC, TraceKind.IRQ), ".json"),
    /** Which lines and functions were executed, for genhtml. */
    LCOV(EnumSet.of(TraceKind.EXEC), ".info", ".lcov");

    private final Set<TraceKind> kinds;
    private final List<String> endings;

    TraceFormat(Set<TraceKind> kinds, String... endings) {
        this.kinds = kinds;
        this.endings = List.of(endings);
    }

    /** What it is able to hold. */
    public Set<TraceKind> kinds() {
        return EnumSet.copyOf(kinds);
    }

    /** The form of a file of this name. */
    public static TraceFormat of(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.endings.stream().anyMatch(name::endsWith))
                .findFirst()
                .orElse(TEXT);
    }
}

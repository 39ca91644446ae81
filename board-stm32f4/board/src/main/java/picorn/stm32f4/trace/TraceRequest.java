// SPDX-License-Identifier: MIT
package picorn.stm32f4.trace;

import java.util.Set;
import picorn.emulator.trace.TraceFilter;
import picorn.emulator.trace.TraceText;

/**
 * What is to be traced and how.
 *
 * @param kinds what; the format has to be able to hold them
 * @param flush when lines for people leave
 */
public record TraceRequest(Set<TraceKind> kinds, TraceFormat format, TraceFilter filter, TraceText.Flush flush) {
    /** Lines for people, of everything that is of one of these kinds. */
    public static TraceRequest text(TraceKind... kinds) {
        return new TraceRequest(Set.of(kinds), TraceFormat.TEXT, TraceFilter.ALL, TraceText.Flush.FULL_BUFFER);
    }

    /** Of everything that {@code format} holds. */
    public static TraceRequest of(TraceFormat format) {
        return new TraceRequest(format.kinds(), format, TraceFilter.ALL, TraceText.Flush.FULL_BUFFER);
    }

    /** The same of a part of the run. */
    public TraceRequest only(TraceFilter part) {
        return new TraceRequest(kinds, format, part, flush);
    }
}

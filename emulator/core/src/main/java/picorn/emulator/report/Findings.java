// SPDX-License-Identifier: MIT
package picorn.emulator.report;

/** Takes what firmware did wrong, or what the emulator lacks for it. */
@FunctionalInterface
public interface Findings {
    /** Forgets everything. */
    Findings NONE = (kind, subject) -> {};

    /** Reports {@code subject}; a repeated one of the same kind is counted, not kept. */
    void report(Finding.Kind kind, String subject);

    /** As {@link #report(Finding.Kind, String)}, of the instruction at {@code pc} that was before the present one. */
    default void report(Finding.Kind kind, String subject, int pc) {
        report(kind, subject);
    }
}

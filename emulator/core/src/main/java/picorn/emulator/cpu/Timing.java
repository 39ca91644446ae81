// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import java.util.Locale;

/** What {@link CpuEngine#cycles} counts, and so what virtual time follows. */
public enum Timing {
    /** One cycle for each executed instruction. */
    INSTRUCTIONS,
    /** The cycles that a Cortex-M4 takes, wait states of its memories included: docs/timing.md. */
    M4;

    /** How users write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.Set;

/** What tests have to know of an encoding to give its instructions operands that make sense. */
final class Traits {
    private static final Set<String> BRANCHES = Set.of("b", "bl", "bx", "blx", "cbz", "cbnz", "tbb", "tbh");
    private static final Set<String> STATUS = Set.of("cps", "mrs", "msr");
    private static final Set<String> STOPS = Set.of("svc", "bkpt", "udf", "undefined", "wfi", "wfe", "sev");

    private Traits() {}

    /** Its name without conditions, flags and types. */
    static String mnemonic(Encoding encoding) {
        int end = 0;
        while (end < encoding.syntax.length() && Character.isLetterOrDigit(encoding.syntax.charAt(end))) {
            end++;
        }
        return encoding.syntax.substring(0, end);
    }

    /** Whether it loads, stores or preloads. */
    static boolean accesses(Encoding encoding) {
        return encoding.writes("[<n>") || encoding.writes("[sp") || encoding.writes("[pc") || encoding.writes("list");
    }

    /** Whether it may go on elsewhere than after itself. */
    static boolean branches(Encoding encoding) {
        return BRANCHES.contains(mnemonic(encoding)) || encoding.writes(" pc,") || encoding.writes("list+pc");
    }

    /** Whether it depends on the mode of the core. */
    static boolean readsStatus(Encoding encoding) {
        return STATUS.contains(mnemonic(encoding));
    }

    /** Whether the run may end with it. */
    static boolean stops(Encoding encoding) {
        return STOPS.contains(mnemonic(encoding));
    }

    /** Whether it is IT. */
    static boolean beginsBlock(Encoding encoding) {
        return encoding.syntax.startsWith("it<");
    }

    /** Whether it is STREX, STREXH or STREXB, which want a load before them. */
    static boolean storesExclusively(Encoding encoding) {
        return mnemonic(encoding).startsWith("strex");
    }

    /** Whether it converts a fixed-point number to floating point. */
    static boolean convertsFixedPoint(Encoding encoding) {
        return encoding.writes("<fbits") && encoding.writes(".f32.");
    }
}

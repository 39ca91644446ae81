// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.ByteArrayOutputStream;

/** Finds in what is typed at a terminal the few keys that are Picorn's, each behind Ctrl-A as with QEMU; the rest is the guest's. */
final class EscapeKey {
    /** What the keys are, for the user. */
    static final String HELP =
            """
            picorn: Ctrl-A x   ends the run
            picorn: Ctrl-A h   shows these lines
            picorn: Ctrl-A Ctrl-A   sends Ctrl-A to the guest
            """;

    private static final int CONTROL_A = 1;

    private final Runnable leave;
    private final Runnable help;
    private boolean escaped;

    /**
     * None is typed yet.
     *
     * @param leave does what Ctrl-A x asks for
     * @param help does what Ctrl-A h asks for
     */
    EscapeKey(Runnable leave, Runnable help) {
        this.leave = leave;
        this.help = help;
    }

    /** What of the first {@code length} octets is for the guest. */
    byte[] filter(byte[] typed, int length) {
        ByteArrayOutputStream guests = new ByteArrayOutputStream(length);
        for (int i = 0; i < length; i++) {
            if (escaped) {
                escaped = false;
                command(typed[i], guests);
            } else if (typed[i] == CONTROL_A) {
                escaped = true;
            } else {
                guests.write(typed[i]);
            }
        }
        return guests.toByteArray();
    }

    private void command(byte key, ByteArrayOutputStream guests) {
        switch (key) {
            case 'x', 'X' -> leave.run();
            case 'h', 'H', '?' -> help.run();
            case CONTROL_A -> guests.write(CONTROL_A);
            default -> {} // no command: QEMU drops it too
        }
    }
}

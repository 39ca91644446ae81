// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

/** Where the guest's console input comes from. */
@FunctionalInterface
public interface ConsoleInput {
    /** There is nothing now, and may be later. */
    int NOTHING_YET = -1;

    /** There is nothing and never will be. */
    int ENDED = -2;

    /** A console that nobody types at. */
    ConsoleInput NONE = () -> ENDED;

    /** Takes the next octet, 0 to 255, or says {@link #NOTHING_YET} or {@link #ENDED}. */
    int next();
}

// SPDX-License-Identifier: MIT
package picorn.emulator.time;

/** Tells virtual time. */
@FunctionalInterface
public interface Clock {
    /** Picoseconds in a second. */
    long SECOND = 1_000_000_000_000L;

    /** Picoseconds in a nanosecond, in which network stack and host count. */
    long NANOSECOND = 1000;

    /** Picoseconds since reset. */
    long now();
}

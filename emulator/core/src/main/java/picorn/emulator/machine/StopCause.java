// SPDX-License-Identifier: MIT
package picorn.emulator.machine;

/** Why somebody stopped a machine: a constant of whoever did, who knows it again by identity. */
@FunctionalInterface
public interface StopCause {
    /** For the user, such as "limit of wall time reached". */
    String words();
}

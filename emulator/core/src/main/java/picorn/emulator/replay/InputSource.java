// SPDX-License-Identifier: MIT
package picorn.emulator.replay;

import java.util.Optional;

/** Gives what once came in, in the order in which it did. */
@FunctionalInterface
public interface InputSource {
    /** The next input; nothing when there is no more. */
    Optional<HostInput> next();
}

// SPDX-License-Identifier: MIT
package picorn.emulator.replay;

import java.util.Set;

/** Keeps what comes in. */
public interface InputSink {
    /** What it wants to know of. */
    Set<Channel> channels();

    /** Takes the next input. */
    void add(HostInput input);
}

// SPDX-License-Identifier: MIT
package picorn.cli;

/** What of the host's is at the far end of the board's cable. */
interface HostEnd extends AutoCloseable {
    /** From now on something may come from there, at the beginning of the run. */
    void start();

    @Override
    void close();
}

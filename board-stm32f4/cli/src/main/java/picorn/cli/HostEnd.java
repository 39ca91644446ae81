// SPDX-License-Identifier: MIT
package picorn.cli;

/** What of the host's is at the far end of the board's cable. */
interface HostEnd extends AutoCloseable {
    /** From now on something may come from there, at the beginning of the run. */
    void start();

    /** The board is what it was at another time: what of the host's was joined to it is not any more. */
    void restored();

    @Override
    void close();
}

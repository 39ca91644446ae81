// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Selector;

/** Waits until a channel of a selector is ready, or another thread wakes or closes it: {@link HostLink#await} of links over channels. */
final class SelectorWait {
    private static final long LONGEST_WAIT = 60_000_000_000L;

    private SelectorWait() {}

    /**
     * Waits, and takes notice of what is ready.
     *
     * @param selector of the link's channels
     * @param nanoseconds at most so long; 0 or less looks and does not wait
     * @throws EOFException if the selector is closed, be it while this waits
     */
    static void await(Selector selector, long nanoseconds) throws IOException {
        try {
            if (nanoseconds <= 0) {
                selector.selectNow();
            } else {
                selector.select(Math.min(nanoseconds, LONGEST_WAIT) / 1_000_000 + 1);
            }
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException e) {
            throw new EOFException("the link is closed");
        }
    }
}

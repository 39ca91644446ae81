// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import java.io.Closeable;
import java.io.IOException;
import picorn.netstack.link.FrameReceiver;

/**
 * A link between a stack and something of the host's that carries Ethernet frames. One thread sends, takes and waits; any
 * thread may {@link #wake} and {@link #close}.
 */
public interface HostLink extends FrameReceiver, Closeable {
    /** The largest frame that any link carries, octets without check sequence. */
    int LARGEST_FRAME = 65_536;

    /** Sends a frame to the host; one that the host does not take is dropped. */
    @Override
    void receive(byte[] frame, int offset, int length, long now);

    /**
     * Takes a frame that the host has sent, without waiting.
     *
     * @param into where its octets go, from index 0 on; {@link #LARGEST_FRAME} octets suffice
     * @return its octets, or 0 if none waits
     * @throws IOException if the host's end is gone
     */
    int take(byte[] into) throws IOException;

    /**
     * Waits until a frame can be taken, {@link #wake} is called (or was, since the last wait), or the time is over.
     *
     * @param nanoseconds the longest time to wait, 0 or more
     * @throws IOException if the host's end is gone
     */
    void await(long nanoseconds) throws IOException;

    /** Ends the wait in progress or the next one. */
    void wake();

    /** Ends the link. */
    @Override
    void close();
}

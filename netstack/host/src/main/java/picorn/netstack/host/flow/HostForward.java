// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A port of the host's that leads to the guest, on the thread of {@link HostSockets}. */
interface HostForward extends Closeable {
    /** Does what its channel is ready for. */
    void ready() throws IOException, InterruptedException;

    /** Goes on after it may have had to wait. */
    default void resume() {}

    /** Where it listens. */
    InetSocketAddress at() throws IOException;

    @Override
    void close() throws IOException;
}

// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.io.Closeable;
import java.io.IOException;

/** The host's end of a flow, on the thread of {@link HostSockets}; when one of its methods fails, the flow is reset. */
interface HostFlow extends Closeable {
    /** Its number. */
    int number();

    /** Does what its channel is ready for. */
    void ready() throws IOException, InterruptedException;

    /** Follows an order. */
    void take(Message order) throws IOException, InterruptedException;

    /** Closes its channel in an orderly way. */
    @Override
    void close() throws IOException;

    /** Closes its channel so that the peer knows that something was lost. */
    default void reset() throws IOException {
        close();
    }
}

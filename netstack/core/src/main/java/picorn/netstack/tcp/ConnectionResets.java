// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Ends all connections of a stack at once (RFC 9293, section 3.10.5: ABORT). */
public final class ConnectionResets {
    private ConnectionResets() {}

    /**
     * Resets every connection and refuses every request, so that each peer is told at once; listeners stay.
     *
     * @param tcp of the stack
     * @return how many there were
     */
    public static int all(Tcp tcp) {
        FlowTable table = tcp.flows().table();
        List<Flow> open = IntStream.range(0, table.capacity())
                .mapToObj(table::slot)
                .filter(Objects::nonNull)
                .filter(flow -> flow instanceof Connection || flow instanceof TcpRequest)
                .toList();
        open.forEach(flow -> reset(tcp, flow));
        return open.size();
    }

    private static void reset(Tcp tcp, Flow flow) {
        if (flow instanceof Connection connection) {
            connection.ready = () -> {};
            tcp.user().abort(connection);
        } else if (flow instanceof TcpRequest request) {
            request.refuse();
        }
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpListener;
import picorn.netstack.tcp.TcpSocket;

/** Many open TCP connections between two stacks, of which now one, now another says something. */
final class OpenConnections {
    private static final int PORT = 5001;
    private static final TcpConfig CONFIG = TcpConfig.DEFAULT.backlog(16);

    private final TwoStacks stacks = new TwoStacks();
    private final List<TcpSocket> clients = new ArrayList<>();
    private final List<TcpSocket> servers = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private final byte[] octets = new byte[100];

    OpenConnections(int count) {
        TcpListener listener = stacks.two().tcp().listen(PORT, CONFIG);
        for (int i = 0; i < count; i++) {
            clients.add(stacks.one().tcp().connect(TwoStacks.TWO, PORT, CONFIG));
            Optional<TcpSocket> accepted = listener.accept();
            for (int turn = 0; turn < 1_000_000 && accepted.isEmpty(); turn++) {
                stacks.turn();
                accepted = listener.accept();
            }
            servers.add(accepted.orElseThrow(() -> new IllegalStateException("no connection " + clients.size())));
        }
    }

    /** One of the clients sends a little, and its server reads it. */
    void exchange() {
        int index = random.nextInt(clients.size());
        clients.get(index).write(octets, 0, octets.length);
        stacks.turn();
        servers.get(index).read(octets, 0, octets.length);
        stacks.turn();
    }

    /** Places of the table that were looked at for each search. */
    double probesPerLookup() {
        long lookups = counter("tcp.table-lookups");
        return (double) counter("tcp.table-probes") / lookups;
    }

    long open() {
        return counter("tcp.flows");
    }

    private long counter(String name) {
        return stacks.two().counters().counters().get(name);
    }
}

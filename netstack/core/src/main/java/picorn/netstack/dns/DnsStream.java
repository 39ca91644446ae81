// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import java.util.Arrays;
import picorn.netstack.context.MemoryBudget;
import picorn.netstack.octets.Octets;
import picorn.netstack.tcp.TcpSocket;

/** A question put to a server over TCP (RFC 7766), since the answer did not fit into a datagram. */
final class DnsStream {
    private static final int LENGTH = 2;
    private static final int LONGEST = 16 * 1024;

    private final DnsExchange exchange;
    private final MemoryBudget budget;
    private final TcpSocket socket;
    private final byte[] query;
    private byte[] answer = new byte[LENGTH];
    private int sent;
    private int received;
    private int drawn;

    /** Takes over a socket and a query behind its length. */
    DnsStream(DnsExchange exchange, MemoryBudget budget, TcpSocket socket, byte[] query) {
        this.exchange = exchange;
        this.budget = budget;
        this.socket = socket;
        this.query = query;
        socket.onReady(this::progress);
    }

    private void progress() {
        sent += socket.write(query, sent, query.length - sent);
        int read = read();
        if (read > 0 && received == LENGTH && makeRoom((answer[0] & 0xFF) << 8 | answer[1] & 0xFF)) {
            read = read();
        }
        if (received == answer.length) {
            exchange.streamed(new Octets().aim(answer, LENGTH, received - LENGTH));
        } else if (read < 0) {
            exchange.expire();
        }
    }

    private int read() {
        int read = socket.read(answer, received, answer.length - received);
        received += Math.max(read, 0);
        return read;
    }

    /** Makes room for the answer; if it is too long, it will be taken for an empty one. */
    private boolean makeRoom(int length) {
        if (length > LONGEST || !budget.reserve(length)) {
            return false;
        }
        drawn = length;
        answer = Arrays.copyOf(answer, LENGTH + length);
        return true;
    }

    /** Ends at once, so that no server can keep a connection that is of no more use. */
    void close() {
        socket.onReady(() -> {});
        socket.abort();
        budget.release(drawn);
        drawn = 0;
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import java.util.Arrays;
import picorn.netstack.address.IpAddress;
import picorn.netstack.context.OutOfMemoryBudget;
import picorn.netstack.context.StackContext;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;
import picorn.netstack.tcp.Tcp;
import picorn.netstack.tcp.TcpConfig;

/** Asks once more over TCP when an answer does not fit into a datagram (RFC 7766, section 5). */
final class DnsOverTcp implements DnsFallback {
    private static final TcpConfig CONFIG =
            TcpConfig.DEFAULT.receiveBuffer(4096).sendBuffer(1024);
    private static final U16 LENGTH = U16.at(0);
    private static final int LONGEST_QUERY = 300;
    private static final long TIMEOUT = 10_000_000_000L;

    private final StackContext context;
    private final Tcp tcp;

    DnsOverTcp(StackContext context, Tcp tcp) {
        this.context = context;
        this.tcp = tcp;
    }

    @Override
    public void ask(DnsExchange exchange, IpAddress server) {
        byte[] query = new byte[LONGEST_QUERY];
        int length = exchange.emit(new Octets().aim(query, LENGTH.end(), query.length - LENGTH.end()));
        LENGTH.set(Octets.over(query), length);
        try {
            DnsStream stream = new DnsStream(
                    exchange,
                    context.budget(),
                    tcp.connect(server, DnsMessage.PORT, CONFIG),
                    Arrays.copyOf(query, LENGTH.end() + length));
            exchange.awaitStream(stream::close, context.now() + TIMEOUT);
        } catch (OutOfMemoryBudget e) {
            exchange.refused(DnsFailure.OUT_OF_MEMORY);
        }
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.bench;

import java.util.Optional;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpListener;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.tcp.TcpState;

/** A TCP connection between two stacks of one thread, one sending as fast as the other reads. */
final class TcpTransfer {
    private static final int PORT = 5001;
    private static final int BLOCK = 32 * 1024;

    private final TwoStacks stacks = new TwoStacks();
    private final TcpSocket sender;
    private final TcpSocket receiver;
    private final byte[] from = new byte[BLOCK];
    private final byte[] to = new byte[BLOCK];

    TcpTransfer(int buffers) {
        TcpConfig config = TcpConfig.DEFAULT.receiveBuffer(buffers).sendBuffer(buffers);
        TcpListener listener = stacks.two().tcp().listen(PORT, config);
        sender = stacks.one().tcp().connect(TwoStacks.TWO, PORT, config);
        Optional<TcpSocket> accepted = Optional.empty();
        for (int i = 0; i < 1_000_000 && accepted.isEmpty(); i++) {
            stacks.turn();
            accepted = listener.accept();
        }
        receiver = accepted.orElseThrow(() -> new IllegalStateException("no connection"));
        if (sender.state() != TcpState.ESTABLISHED) {
            throw new IllegalStateException("state " + sender.state());
        }
    }

    /** Carries octets; returns how many, at least as many as asked for. */
    long carry(long octets) {
        long received = 0;
        int idle = 0;
        while (received < octets) {
            int written = sender.write(from, 0, BLOCK);
            stacks.turn();
            int read = receiver.read(to, 0, BLOCK);
            received += read;
            idle = written + read == 0 ? idle + 1 : 0;
            if (read < 0 || idle > 10_000_000) {
                throw new IllegalStateException("the transfer is stuck: " + sender.info() + " " + receiver.info());
            }
        }
        return received;
    }

    long frames() {
        return stacks.frames();
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.loss;

import java.util.Optional;
import java.util.zip.CRC32;
import picorn.netstack.link.ImpairmentConfig;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.testing.script.Stream;

/** Octets sent one way as fast as they go, both ends hashing what they see. */
final class Transfer {
    private static final int CHUNK = 4096;

    private final Duel duel;
    private final long octets;
    private final byte[] buffer = new byte[CHUNK];
    private final CRC32 written = new CRC32();
    private final CRC32 read = new CRC32();
    private Optional<TcpSocket> receiver = Optional.empty();
    private long sent;
    private long received;
    private boolean ended;

    Transfer(ImpairmentConfig impairment, TcpConfig config, long octets, long seed) {
        duel = new Duel(impairment, config, 1024 * 1024, seed);
        this.octets = octets;
    }

    /** Runs until everything has arrived, or the time is up. */
    Transfer run(long limit) {
        while (!ended && duel.step(limit)) {
            write();
            read();
            if (duel.sender.failure().isPresent()) {
                throw new AssertionError("the connection has failed: " + duel.sender.failure() + " after " + received);
            }
        }
        return this;
    }

    private void write() {
        while (sent < octets) {
            byte[] next = Stream.octets(sent, (int) Math.min(CHUNK, octets - sent));
            int taken = duel.sender.write(next, 0, next.length);
            written.update(next, 0, taken);
            sent += taken;
            if (taken == 0) {
                return;
            }
        }
        duel.sender.shutdownOutput();
    }

    private void read() {
        if (receiver.isEmpty()) {
            receiver = duel.listener.accept();
        }
        int count = 1;
        while (receiver.isPresent() && count > 0) {
            count = receiver.get().read(buffer, 0, CHUNK);
            if (count > 0) {
                read.update(buffer, 0, count);
                received += count;
            }
        }
        ended = count < 0;
    }

    /** Whether every octet has arrived, and no other. */
    boolean isComplete() {
        return ended && received == octets && written.getValue() == read.getValue();
    }

    long received() {
        return received;
    }

    /** Octets a second from the beginning of the handshake. */
    long speed() {
        return (long) (received * 1e9 / duel.now());
    }

    @Override
    public String toString() {
        return received + " of " + octets + " octets in " + duel.now() / 1_000_000 + " ms";
    }
}

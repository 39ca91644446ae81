// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import picorn.netstack.link.ImpairmentConfig;

class TcpAllocationTest {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final byte[] buffer = new byte[16 * 1024];
    private long carried;

    private void carry(Pair pair, TcpSocket from, TcpSocket to, long octets) {
        long until = carried + octets;
        while (carried < until) {
            from.write(buffer, 0, buffer.length);
            pair.run(100_000);
            for (int n = to.read(buffer, 0, buffer.length); n > 0; n = to.read(buffer, 0, buffer.length)) {
                carried += n;
            }
        }
    }

    private double octetsPerSegment(ImpairmentConfig network) {
        Pair pair = new Pair(1024 * 1024, network, 3);
        TcpSocket[] ends = pair.connected(TcpConfig.DEFAULT.sendBuffer(65536).receiveBuffer(65536));
        carry(pair, ends[0], ends[1], 60_000_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        long segments = pair.wire.a().frames();
        carry(pair, ends[0], ends[1], 150_000_000);
        return (double) (threads.getCurrentThreadAllocatedBytes() - before)
                / (pair.wire.a().frames() - segments);
    }

    @Test
    void bulkTransferAllocatesNothing() {
        assertThat(octetsPerSegment(ImpairmentConfig.NONE)).isLessThan(0.1);
    }

    @Test
    void bulkTransferWithLossesAllocatesNothing() {
        assertThat(octetsPerSegment(ImpairmentConfig.NONE.loss(1000))).isLessThan(0.1);
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.netstack.link.ImpairmentConfig;

class LossTest {
    private static final TcpConfig CONFIG =
            TcpConfig.DEFAULT.congestion(CongestionAlgorithm.NONE).with(TcpFeature.NO_DELAY);

    private static final int OCTETS = 4_000_000;

    private static long octetsPerSecond(TcpConfig config, int loss, long seed, int octets) {
        Pair pair = new Pair(256 * 1024, ImpairmentConfig.NONE.loss(1000 * loss).delay(50_000_000), seed);
        TcpSocket[] ends = pair.connected(config);
        byte[] data = Pair.pattern(octets);
        long start = pair.now;
        byte[] received = pair.transfer(ends[0], ends[1], data);
        assertThat(received).as("seed %d", seed).isEqualTo(data);
        return octets * 1_000_000_000L / (pair.received - start);
    }

    /** Loss in thousandths, and what smoltcp does, from 10 % on twice that. */
    @ParameterizedTest
    @CsvSource({"0, 322945", "10, 219670", "50, 76626", "100, 75550", "300, 2312"})
    void lossyPathsCarryAtLeastWhatTheyShould(int loss, long least) {
        for (int seed = 1; seed < 4; seed++) {
            assertThat(octetsPerSecond(CONFIG, loss, seed, OCTETS)).isGreaterThan(least);
        }
    }
}

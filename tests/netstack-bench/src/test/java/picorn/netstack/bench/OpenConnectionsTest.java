// SPDX-License-Identifier: MIT
package picorn.netstack.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenConnectionsTest {
    @Test
    void oneOfTenThousandConnectionsIsFoundByOneAndAHalfProbesOnAverage() {
        OpenConnections connections = new OpenConnections(10_000);
        for (int i = 0; i < 20_000; i++) {
            connections.exchange();
        }
        assertThat(connections.open()).isGreaterThanOrEqualTo(10_000);
        System.out.printf("probes per lookup: %.3f%n", connections.probesPerLookup());
        assertThat(connections.probesPerLookup()).isLessThanOrEqualTo(1.5);
    }
}

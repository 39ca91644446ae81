// SPDX-License-Identifier: MIT
package picorn.netstack.host.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import picorn.netstack.tcp.TcpHeader;

class TcpHeaderFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void parses(byte[] octets) {
        RoundTrip.of(octets, TcpHeader::parse, (header, out) -> {
            header.emit(out);
            return octets.length;
        });
    }
}

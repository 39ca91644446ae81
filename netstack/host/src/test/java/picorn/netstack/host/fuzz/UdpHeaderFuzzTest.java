// SPDX-License-Identifier: MIT
package picorn.netstack.host.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import picorn.netstack.udp.UdpHeader;

class UdpHeaderFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void parses(byte[] octets) {
        RoundTrip.of(octets, UdpHeader::parse, (header, out) -> {
            header.emit(out);
            return octets.length;
        });
    }
}

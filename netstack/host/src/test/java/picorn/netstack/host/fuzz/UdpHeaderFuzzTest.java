// SPDX-License-Identifier: MIT
package picorn.netstack.host.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;
import picorn.netstack.udp.UdpHeader;

@Tag("fuzz")
class UdpHeaderFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void parses(byte[] octets) {
        RoundTrip.of(octets, UdpHeader::parse, (header, out) -> {
            header.emit(out);
            return octets.length;
        });
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.host.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import picorn.netstack.ethernet.EthernetHeader;

class EthernetHeaderFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void parses(byte[] octets) {
        RoundTrip.of(octets, EthernetHeader::parse, (header, out) -> {
            header.emit(out);
            return EthernetHeader.SIZE;
        });
    }
}

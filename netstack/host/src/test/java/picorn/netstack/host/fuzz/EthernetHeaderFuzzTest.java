// SPDX-License-Identifier: MIT
package picorn.netstack.host.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;
import picorn.netstack.ethernet.EthernetHeader;

@Tag("fuzz")
class EthernetHeaderFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void parses(byte[] octets) {
        RoundTrip.of(octets, EthernetHeader::parse, (header, out) -> {
            header.emit(out);
            return EthernetHeader.SIZE;
        });
    }
}

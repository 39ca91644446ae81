// SPDX-License-Identifier: MIT
package picorn.netstack.host.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import picorn.netstack.icmp.IcmpHeader;
import picorn.netstack.octets.Octets;

class IcmpHeaderFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void parses(byte[] octets) {
        Frames.seal(octets, 2, 0, octets.length);
        RoundTrip.of(octets, IcmpHeader::parse, (header, out) -> {
            header.emit(new Octets().aim(out, 0, octets.length));
            return octets.length;
        });
    }
}

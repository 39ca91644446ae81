// SPDX-License-Identifier: MIT
package picorn.netstack.host.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import picorn.netstack.ip.Ipv4Header;

class Ipv4HeaderFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void parses(byte[] octets) {
        if (octets.length > 0) {
            Frames.seal(octets, 10, 0, Math.min(octets.length, (octets[0] & 0xF) * 4));
        }
        RoundTrip.of(octets, Ipv4Header::parse, (header, out) -> {
            if (header.headerLength() == Ipv4Header.SIZE) {
                header.emit(out);
            } else { // options are not written
                out.put(0, octets, 0, octets.length);
            }
            return octets.length;
        });
    }
}

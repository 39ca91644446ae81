// SPDX-License-Identifier: MIT
package picorn.netstack.host.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import picorn.netstack.arp.ArpPacket;

class ArpPacketFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void parses(byte[] octets) {
        RoundTrip.of(octets, ArpPacket::parse, (packet, out) -> {
            packet.emit(out);
            return ArpPacket.SIZE;
        });
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.host.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import picorn.netstack.dhcp.DhcpMessage;

class DhcpMessageFuzzTest {
    private static final byte[] COOKIE = {0x63, (byte) 0x82, 0x53, 0x63};

    @FuzzTest(maxDuration = "1m")
    void parses(byte[] octets) {
        // Past the fixed fields, which are plain, to the options.
        if (octets.length >= 240) {
            octets[1] = 1;
            octets[2] = 6;
            System.arraycopy(COOKIE, 0, octets, 236, COOKIE.length);
        }
        RoundTrip.of(octets, DhcpMessage::parse, (message, out) -> {
            message.emit(out);
            return message.size();
        });
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.host.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;
import picorn.netstack.dns.DnsMessage;

@Tag("fuzz")
class DnsMessageFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void parses(byte[] octets) {
        RoundTrip.of(octets, DnsMessage::parse, DnsMessage::emit);
    }
}

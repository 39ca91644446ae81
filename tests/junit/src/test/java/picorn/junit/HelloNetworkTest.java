// SPDX-License-Identifier: MIT
package picorn.junit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static picorn.junit.PicornAssertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The network end of a test, before hello-net. */
@PicornTest(image = "hello-net")
class HelloNetworkTest {
    @BeforeEach
    void boot(Console console) {
        console.awaitLine("gateway is at", ofSeconds(10));
    }

    @Test
    void rawFramesComeAndGo(Network net) {
        byte[] request = arpRequest();
        net.send(request);
        byte[] answer = net.awaitFrame(frame -> frame[12] == 8 && frame[13] == 6 && frame[21] == 2, ofMillis(5));
        assertThat(Arrays.copyOfRange(answer, 28, 32)).as("sender").containsExactly(10, 0, 2, 15);
    }

    /** Who has 10.0.2.15? Tell 10.0.2.2 (RFC 826). */
    private static byte[] arpRequest() {
        return HexFormat.of()
                .parseHex("ffffffffffff" + "52550a000202" + "0806" + "0001080006040001" + "52550a000202" + "0a000202"
                        + "000000000000" + "0a00020f" + "00".repeat(18));
    }

    @Test
    void aPingIsTimedInVirtualTime(Network net) {
        assertThat(net.ping("10.0.2.15")).answersWithin(ofMillis(5));
        assertThat(net.ping("10.0.2.99", ofMillis(3))).isNotAnswered();
    }
}

// SPDX-License-Identifier: MIT
package picorn.system;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static picorn.junit.PicornAssertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picorn.junit.Console;
import picorn.junit.Network;
import picorn.junit.PicornTest;

/** uClinux that was booted once, for each test to go on from its shell. */
@Tag("linux")
@PicornTest(
        image = "linux-full",
        engine = "java",
        wallLimitSeconds = 600,
        snapshotAfter = "lease of 10.0.2.15 obtained from 10.0.2.2")
class LinuxSnapshotTest {
    @Test
    void filesOfOneTestAreNotThoseOfAnother(Console console) {
        noMarkIsThere(console);
    }

    @Test
    void norTheOtherWayRound(Console console) {
        noMarkIsThere(console);
    }

    private static void noMarkIsThere(Console console) {
        console.send("ls /tmp/mark; echo hello > /tmp/mark; cat /tmp/mark\r");
        console.awaitLine("No such file", ofSeconds(5));
        console.awaitMatch("^hello", ofSeconds(5));
    }

    @Test
    void itsNetworkGoesOn(Console console, Network net) {
        console.send("ping -c 2 10.0.2.2\r");
        console.awaitLine("2 packets transmitted, 2 packets received, 0% packet loss", ofSeconds(10));
        assertThat(net.ping("10.0.2.15")).answersWithin(ofMillis(5));
    }
}

// SPDX-License-Identifier: MIT
package picorn.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static picorn.junit.PicornAssertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picorn.junit.Board;
import picorn.junit.Console;
import picorn.junit.Network;
import picorn.junit.PicornTest;
import picorn.junit.TcpConnection;

/** The smaller variants of uClinux, which execute in flash memory: each reaches its shell, and has what network it is meant to have. */
class LinuxVariantsTest {
    private static final String ADDRESS = "10.0.2.15";

    private static void boot(Console console) {
        console.awaitText("/ # ", ofSeconds(30));
        assertThat(console.log()).doesNotContain("Oops", "BUG", "WARNING", "Call trace");
    }

    private static void serves(Console console, Network net) {
        console.send("httpd -f -h /www & until netstat -ltn | grep -q ':80 '; do sleep 0.1; done; echo listening\r");
        console.awaitMatch("(?m)^listening", ofSeconds(20));
        assertThat(net.ping(ADDRESS)).answersWithin(ofMillis(20));
        try (TcpConnection connection = net.tcp(ADDRESS, 80, ofSeconds(1))) {
            connection.send("GET / HTTP/1.0\r\n\r\n", ofSeconds(1));
            assertThat(connection.awaitLine(ofSeconds(5))).contains("200 OK");
            assertThat(new String(connection.awaitEnd(ofSeconds(5)), US_ASCII)).contains("It works.");
        }
    }

    private static void socketsWork(Console console) {
        console.send("socket-check\r");
        console.awaitLine("socket-check: 0 failed", ofSeconds(30));
    }

    @Test
    @Tag("linux")
    @PicornTest(image = "linux-no-network", engine = "java", wallLimitSeconds = 600)
    void withoutNetwork(Console console) {
        boot(console);
        console.send("socket-check\r");
        console.awaitMatch("AF_INET +Function not implemented", ofSeconds(30));
        console.awaitLine("socket-check: 0 failed", ofSeconds(5));
    }

    @Test
    @Tag("variants")
    @PicornTest(image = "linux-drivers-only", engine = "java", wallLimitSeconds = 600)
    void withDriversOnly(Console console) {
        boot(console);
        console.send("socket-check; ls /sys/class/net\r");
        console.awaitMatch("AF_INET +Address family not supported", ofSeconds(30));
        console.awaitLine("eth0", ofSeconds(5));
    }

    @Test
    @Tag("variants")
    @PicornTest(image = "linux-client", engine = "java", wallLimitSeconds = 600)
    void client(Console console, Network net) {
        boot(console);
        console.awaitLine("lease of " + ADDRESS + " obtained from 10.0.2.2", ofSeconds(30));
        socketsWork(console);
        console.send("ping -c 3 10.0.2.2\r");
        console.awaitLine("3 packets transmitted, 3 packets received, 0% packet loss", ofSeconds(10));
        serves(console, net);
    }

    /** Without packet sockets for DHCP: the user space gives itself its address, and waits for no link. */
    @Test
    @Tag("variants")
    @PicornTest(image = "linux-minimal", engine = "java", wallLimitSeconds = 600)
    void minimal(Console console, Network net) {
        boot(console);
        socketsWork(console);
        console.awaitMatch("eth0: Link is Up", ofSeconds(10));
        serves(console, net);
    }

    /** The kernel's own interface is there, and stays down: programs see that of the socket device. */
    @Test
    @Tag("variants")
    @PicornTest(image = "linux-picotcp", socketDevice = "full", engine = "java", wallLimitSeconds = 1200)
    void withTheSocketDeviceBesideDrivers(Board board, Console console, Network net) throws IOException {
        assertThat(NetCheck.run(console, net)).isEqualTo(NetCheck.expected());
        assertThat(board.hardware().socketDevice().orElseThrow().sockets()).isZero();
        console.send("cat /sys/class/net/eth0/operstate\r");
        console.awaitLine("down", ofSeconds(5));
    }
}

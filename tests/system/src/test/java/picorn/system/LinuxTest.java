// SPDX-License-Identifier: MIT
package picorn.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static picorn.junit.PicornAssertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picorn.junit.AllEngines;
import picorn.junit.Console;
import picorn.junit.Network;
import picorn.junit.PicornTest;
import picorn.junit.TcpConnection;
import picorn.junit.TcpPort;

/** uClinux on the evaluation board, and what its programs do on the network: the kernel and its stmmac driver are as Debian has them. */
@Tag("linux")
@PicornTest(image = "linux-full", engine = "java", wallLimitSeconds = 600)
class LinuxTest {
    private static final String ADDRESS = "10.0.2.15";
    private static final String PROMPT = "/ # ";
    private static final int FILE = 2_000_000;

    private static void boot(Console console) {
        console.awaitText(PROMPT, ofSeconds(30));
    }

    private static void bootWithLease(Console console) {
        boot(console);
        console.awaitLine("lease of " + ADDRESS + " obtained from 10.0.2.2", ofSeconds(30));
    }

    /** Starts a server in the background and waits until it listens: what forks on Linux with an MMU starts itself anew here. */
    private static void serve(Console console, String command, int port) {
        console.send(
                command + " & until netstat -ltn | grep -q ':" + port + " '; do sleep 0.1; done; echo listening\r");
        console.awaitMatch("(?m)^listening", ofSeconds(20));
    }

    @AllEngines
    void bootsToItsShellAndTakesALease(Console console) {
        bootWithLease(console);
        console.send("cat /proc/sys/kernel/ostype\r");
        console.awaitLine("Linux", ofSeconds(5));
    }

    @RepeatedTest(20)
    void bootsEachTime(Console console) {
        boot(console);
        assertThat(console.log()).doesNotContain("Oops", "BUG", "WARNING", "Call trace");
    }

    @Test
    void socketsPollTimersSignalsAndVforkWork(Console console) {
        bootWithLease(console);
        console.send("socket-check\r");
        console.awaitLine("socket-check: 0 failed", ofSeconds(30));
    }

    @Test
    void pingsAndIsPinged(Console console, Network net) {
        bootWithLease(console);
        console.send("ping -c 3 10.0.2.2\r");
        console.awaitLine("3 packets transmitted, 3 packets received, 0% packet loss", ofSeconds(10));
        assertThat(net.ping(ADDRESS)).answersWithin(ofMillis(5));
    }

    @Test
    void servesAPage(Console console, Network net) {
        bootWithLease(console);
        serve(console, "httpd -f -h /www", 80);
        try (TcpConnection connection = net.tcp(ADDRESS, 80, ofSeconds(1))) {
            connection.send("GET / HTTP/1.0\r\n\r\n", ofSeconds(1));
            assertThat(connection.awaitLine(ofSeconds(5))).matches("HTTP/1\\.[01] 200 OK");
            assertThat(new String(connection.awaitEnd(ofSeconds(5)), US_ASCII)).contains("It works.");
        }
    }

    @Test
    void twoMegabytesArriveUnaltered(Console console, Network net) throws Exception {
        byte[] file = new byte[FILE];
        new Random(1).nextBytes(file);
        String md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(file));
        bootWithLease(console);
        try (TcpPort server = net.listen(80)) {
            console.send("wget -q -O - http://10.0.2.2/file | md5sum\r");
            TcpConnection connection = server.accept(ofSeconds(10));
            while (!connection.awaitLine(ofSeconds(5)).isEmpty()) {
                // a header of the request
            }
            connection.send("HTTP/1.0 200 OK\r\nContent-Length: " + FILE + "\r\n\r\n", ofSeconds(5));
            connection.send(file, ofSeconds(120));
            connection.shutdownOutput();
            console.awaitLine(md5, ofSeconds(60));
        }
    }

    @Test
    void servesATerminal(Console console, Network net) {
        bootWithLease(console);
        serve(console, "telnetd -F -l /bin/sh", 23);
        try (TcpConnection connection = net.tcp(ADDRESS, 23, ofSeconds(1))) {
            connection.send("echo $((6 * 7)) answers\r\n", ofSeconds(1));
            String line = connection.awaitLine(ofSeconds(10));
            while (!line.contains("42 answers")) {
                line = connection.awaitLine(ofSeconds(10));
            }
        }
    }

    @Test
    void restartsWhenToldTo(Console console) {
        boot(console);
        console.send("reboot\r");
        console.awaitLine("reboot: Restarting system", ofSeconds(10));
        boot(console);
    }
}

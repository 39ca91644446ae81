// SPDX-License-Identifier: MIT
package picorn.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static picorn.junit.PicornAssertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picorn.junit.Board;
import picorn.junit.Console;
import picorn.junit.Network;
import picorn.junit.PicornTest;
import picorn.junit.TcpConnection;

/** uClinux goes on and on: no boot fails, and traffic leaves it as it was. */
@PicornTest(image = "linux-full", engine = "java", wallLimitSeconds = 7200)
class LinuxEnduranceTest {
    private static final String ADDRESS = "10.0.2.15";
    private static final String PROMPT = "/ # ";
    private static final String[] COMPLAINTS = {"Oops", "BUG", "WARNING", "Call trace", "page allocation failure"};
    /** Typed once, since Linux can lose a character that comes while it prints: docs/linux.md. */
    private static final String ROUNDS = "while ping -q -c 1 10.0.2.2 && free; do sleep 10; done\r";

    /** What caches and fragments of memory may come to, in KB. */
    private static final int GROWTH = 256;

    @Test
    @Tag("linux")
    void twoMinutesOfTrafficLeaveItAsItWas(Board board) {
        traffic(board, ofMinutes(2));
    }

    @Test
    @Tag("demand")
    void anHourOfTrafficLeavesItAsItWas(Board board) {
        traffic(board, ofMinutes(60));
    }

    @RepeatedTest(100)
    @Tag("demand")
    void bootsAHundredTimes(Console console) {
        console.awaitText(PROMPT, ofSeconds(30));
        assertThat(console.log()).doesNotContain(COMPLAINTS);
    }

    /** Pages out, pings in and out, a process for each. */
    private static void traffic(Board board, Duration time) {
        Console console = board.console();
        console.awaitLine("lease of " + ADDRESS, ofSeconds(30));
        console.send("httpd -f -h /www & until netstat -ltn | grep -q ':80 '; do sleep 0.1; done; echo listening\r");
        console.awaitMatch("(?m)^listening", ofSeconds(20));
        console.send(ROUNDS);
        int before = round(board);
        int after = before;
        for (Duration end = board.clock().now().plus(time); board.clock().now().compareTo(end) < 0; ) {
            after = round(board);
        }
        assertThat(after).as("KB available at the end").isGreaterThan(before - GROWTH);
        assertThat(console.log()).doesNotContain(COMPLAINTS);
    }

    /** The KB available after the guest's next round. */
    private static int round(Board board) {
        Network net = board.network();
        assertThat(net.ping(ADDRESS)).answersWithin(ofMillis(20));
        try (TcpConnection connection = net.tcp(ADDRESS, 80, ofSeconds(1))) {
            connection.send("GET / HTTP/1.0\r\n\r\n", ofSeconds(1));
            assertThat(connection.awaitLine(ofSeconds(5))).contains("200 OK");
            assertThat(new String(connection.awaitEnd(ofSeconds(5)), US_ASCII)).contains("It works.");
        }
        return available(board.console());
    }

    /** The last column of what free prints for memory, in KB. */
    private static int available(Console console) {
        return Integer.parseInt(console.awaitMatch("(?m)^Mem:(?: +\\d+){5} +(\\d+)", ofSeconds(20))
                .group(1));
    }
}

// SPDX-License-Identifier: MIT
package picorn.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;

import java.io.IOException;
import java.io.InputStream;
import picorn.junit.Console;
import picorn.junit.Network;

/** The script {@code net-check} of the user space: ping, nslookup, wget, httpd, telnetd, nc, twenty downloads at once, socket-check. */
final class NetCheck {
    /** Octets of the page that it downloads. */
    static final int FILE = 100_000;

    private static final String PROMPT = "/ # ";

    private NetCheck() {}

    /** Waits for the shell and for the lease. */
    static void boot(Console console) {
        console.awaitText(PROMPT, ofSeconds(30));
        console.awaitLine("lease of 10.0.2.15 obtained from 10.0.2.2", ofSeconds(60));
        console.send("\r");
    }

    /** Boots, runs it, and gives what it prints, without times and counters. */
    static String run(Console console, Network net) {
        new NetCheckPeer(net.stack(), FILE);
        boot(console);
        console.send("/etc/net-check 2>&1\r");
        console.awaitLine("== end", ofSeconds(300));
        String log = console.log().replace("\r", "");
        return log.substring(log.indexOf("== ping"), log.indexOf("== end"))
                .replaceAll("time=[0-9.]+ ms", "time=")
                .replaceAll("avg/max = .*", "avg/max =");
    }

    /** What it prints on every kernel that has all it uses. */
    static String expected() throws IOException {
        try (InputStream in = NetCheck.class.getResourceAsStream("/picorn/system/net-check.txt")) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}

// SPDX-License-Identifier: MIT
package picorn.junit;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import picorn.netstack.icmp.PingResult.Outcome;

/** A test that is run a thousand times runs the same each time: console, frames, virtual time and instructions, to the octet. */
@Tag("long")
@TestInstance(Lifecycle.PER_CLASS)
@PicornTest(image = "trouble.elf")
class RepeatedRunTest {
    private final Set<String> traces = new HashSet<>();

    @RepeatedTest(1000)
    void bootsEchoesAndIsAskedForItsAddress(Board board) throws Exception {
        board.console().awaitLine("ready", ofMillis(10));
        board.console().send("0123456789\n");
        board.console().awaitLine("0123456789", ofMillis(10));
        assertThat(board.network().ping("10.0.2.15", ofMillis(2)).outcome()).isEqualTo(Outcome.TIMED_OUT);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(board.console().log().getBytes(StandardCharsets.ISO_8859_1));
        digest.update(board.capture());
        traces.add("%s after %d ps and %d instructions"
                .formatted(
                        HexFormat.of().formatHex(digest.digest()),
                        board.clock().picoseconds(),
                        board.clock().instructions()));
    }

    @AfterAll
    void allTracesAreOne() {
        assertThat(traces).hasSize(1);
    }
}

// SPDX-License-Identifier: MIT
package picorn.junit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static picorn.junit.PicornAssertions.assertThat;

import org.junit.jupiter.api.Test;

/** The example of docs/testing.md as it stands there, the image's path aside. */
@PicornTest(image = "station.elf", board = "stm32429i-eval")
class AppTest {
    @Test
    void answersPing(Board board, Network net) {
        board.console().awaitLine("ready", ofSeconds(2));
        assertThat(net.ping("10.0.2.15")).answersWithin(ofMillis(5));
    }
}

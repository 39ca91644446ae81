// SPDX-License-Identifier: MIT
package example;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static picorn.junit.PicornAssertions.assertThat;

import org.junit.jupiter.api.Test;
import picorn.junit.Board;
import picorn.junit.PicornTest;

@PicornTest(image = "firmware/app.elf", board = "stm32429i-eval")
class AppTest {
    @Test
    void countsLinesAndTheirCharacters(Board board) {
        board.console().awaitLine("ready", ofSeconds(2));
        board.console().send("hello\r");
        assertThat(board.console().awaitLine("line", ofMillis(20))).isEqualTo("line 1 has 5 characters");
        assertThat(board.variable("lines").asInt()).isEqualTo(1);
        assertThat(board.register("USART1.CR1").field("UE")).isEqualTo(1);
    }
}

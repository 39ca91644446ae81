// SPDX-License-Identifier: MIT
package picorn.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is kept of a console, and when it was printed. */
class ConsoleLogTest {
    private static ConsoleLog log(int limit, String text) {
        ConsoleLog log = new ConsoleLog(limit);
        for (int i = 0; i < text.length(); i++) {
            log.add(text.charAt(i), 1_500_000_000_000L + i);
        }
        return log;
    }

    @Test
    void eachLineHasTheTimeOfItsFirstCharacter() {
        assertThat(log(100, "ab\r\n\ncd").timed()).isEqualTo("1.500000000000 ab\r\n1.500000000004 \n1.500000000005 cd");
    }

    @Test
    void theLastLinesAreThoseBeforeTheEnd() {
        assertThat(log(100, "a\nb\r\nc\n").lastLines(2)).containsExactly("b", "c");
        assertThat(log(100, "a\nb\nc").lastLines(2)).containsExactly("b", "c");
        assertThat(log(100, "a\nb").lastLines(5)).containsExactly("a", "b");
        assertThat(log(100, "a\n\n").lastLines(2)).containsExactly("a", "");
        assertThat(log(100, "a\u0007\tb").lastLines(1)).containsExactly("a?\\tb");
        assertThat(log(100, "").lastLines(3)).isEmpty();
        assertThat(log(100, "a\nb").lines()).isEqualTo(2);
    }

    @Test
    void whatIsBeyondTheLimitIsCounted() {
        ConsoleLog log = log(3, "abcdefg");
        assertThat(log.text().toString()).isEqualTo("abc");
        assertThat(log.cut()).isEqualTo(4);
        assertThat(log(3, "abc").cut()).isZero();
    }
}

// SPDX-License-Identifier: MIT
package picorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TextWatchTest {
    private static int firstEnd(String text, String stream) {
        TextWatch watch = new TextWatch(text);
        for (int i = 0; i < stream.length(); i++) {
            if (watch.sees(stream.charAt(i))) {
                return i + 1;
            }
        }
        return -1;
    }

    @Test
    void findsATextThatStartsAnewWithinItself() {
        assertThat(firstEnd("aab", "aaab")).isEqualTo(4);
        assertThat(firstEnd("login:", "logilogin: ")).isEqualTo(10);
    }

    @Test
    void findsWhatIndexOfFinds() {
        Random random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            String stream = letters(random, 40);
            String text = letters(random, 1 + random.nextInt(4));
            int at = stream.indexOf(text);
            assertThat(firstEnd(text, stream))
                    .as("'%s' in '%s'", text, stream)
                    .isEqualTo(at < 0 ? -1 : at + text.length());
        }
    }

    private static String letters(Random random, int length) {
        return random.ints(length, 'a', 'c')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picorn.emulator.cpu.Translation;

/** Translated code does what the interpreter does, in as many cycles, wherever a run ends. */
class TranslatorTest {
    private static final int CASES_OF_A_PAIR = 20;
    /** A NOP and a branch to itself, so that the case is a whole block, which translated code does not leave in the midst. */
    private static final int REST_OF_BLOCK = 2;

    @Test
    void everyEncodingDoesTheSameTranslated() {
        assertSame(20, 1);
    }

    @Test
    @Tag("demand")
    void everyEncodingDoesTheSameTranslatedThousandsOfTimes() {
        assertSame(5_000, 1000);
    }

    @Test
    void randomSequencesDoTheSameTranslated() {
        new Sequences(() -> pair(Translation.STRESS)).hold(1, 60);
    }

    @Test
    @Tag("demand")
    void manyRandomSequencesDoTheSameTranslated() {
        new Sequences(() -> pair(Translation.STRESS)).hold(1_000_000, 100_000);
    }

    @Test
    void translationsMayBeForgottenAtAnyTime() {
        new Sequences(() -> pair(Translation.FORGETFUL)).hold(10_000, 30);
    }

    private static void assertSame(int cases, int seed) {
        List<String> differences = new ArrayList<>();
        for (Encoding encoding : Encodings.CORTEX_M4.all()) {
            for (int done = 0; done < cases; done += CASES_OF_A_PAIR) {
                String difference = difference(encoding, seed + done);
                if (!difference.isEmpty()) {
                    differences.add("seed %d: %s:%n%s".formatted(seed + done, encoding, difference));
                    break;
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private static String difference(Encoding encoding, int seed) {
        Random random = new Random(seed * 31L + encoding.bits.hashCode());
        try (EnginePair pair = pair(Translation.STRESS)) {
            String difference = "";
            for (int done = 0; done < CASES_OF_A_PAIR && difference.isEmpty(); done++) {
                difference = EncodingCase.difference(pair, encoding, random, REST_OF_BLOCK);
            }
            return difference;
        }
    }

    private static EnginePair pair(Translation translation) {
        return new EnginePair(new JavaProvider(Translation.OFF), new JavaProvider(translation));
    }
}

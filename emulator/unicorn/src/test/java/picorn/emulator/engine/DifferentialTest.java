// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picorn.emulator.cpu.Engines;

/** Every encoding with random operands, flags, modes and data does on this engine what it does on Unicorn, but for {@link KnownDifference}. */
class DifferentialTest {
    /** Unicorn crashes in its table of pages after some hundred thousand changes of code: a new one for so many cases. */
    private static final int CASES_OF_A_PAIR = 1000;

    /** Those that have nothing left to be compared. */
    private static List<Encoding> encodings() {
        return Encodings.CORTEX_M4.all().stream()
                .filter(encoding -> !KnownDifference.STORE_RELATIVE_TO_PC.concerns(encoding))
                .filter(encoding -> !KnownDifference.UNALLOCATED_COPROCESSOR_INSTRUCTION.concerns(encoding))
                .toList();
    }

    @Test
    @Tag("slow")
    void everyEncodingDoesTheSame() {
        assertSame(1000, 1);
    }

    @Test
    @Tag("demand")
    void everyEncodingDoesTheSameTenMillionTimes() {
        assertSame(10_000_000 / encodings().size() + 1, 1000);
    }

    private static void assertSame(int cases, int seed) {
        List<String> differences = new ArrayList<>();
        for (Encoding encoding : encodings()) {
            for (int done = 0; done < cases; done += CASES_OF_A_PAIR) {
                String difference = difference(encoding, seed + done);
                if (!difference.isEmpty()) {
                    differences.add("seed %d: %s, known %s:%n%s"
                            .formatted(seed + done, encoding, KnownDifference.of(encoding), difference));
                    break;
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private static String difference(Encoding encoding, int seed) {
        Random random = new Random(seed * 31L + encoding.bits.hashCode());
        try (EnginePair pair = new EnginePair(new JavaProvider(), Engines.named("unicorn"))) {
            String difference = "";
            for (int done = 0; done < CASES_OF_A_PAIR && difference.isEmpty(); ) {
                difference = EncodingCase.difference(pair, encoding, random);
                done += EncodingCase.instances(encoding);
            }
            return difference;
        }
    }
}

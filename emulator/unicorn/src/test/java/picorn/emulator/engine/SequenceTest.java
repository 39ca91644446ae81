// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picorn.emulator.cpu.Engines;

/**
 * Random sequences do the same on both engines: how each slice ends, its cycles, all registers with flags and ITSTATE after it, memory
 * at the end. A sequence that does not is shrunk and shown.
 */
class SequenceTest {
    @Test
    @Tag("slow")
    void randomSequencesDoTheSame() {
        new Sequences(SequenceTest::pair).hold(1, 6_000);
    }

    @Test
    @Tag("demand")
    void manyRandomSequencesDoTheSame() {
        new Sequences(SequenceTest::pair).hold(1_000_000, 1_000_000);
    }

    private static EnginePair pair() {
        return new EnginePair(new JavaProvider(), Engines.named("unicorn"));
    }
}

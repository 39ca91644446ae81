// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State that is saved under traffic and loaded into a fresh peripheral makes both behave the same from then on. */
class EthernetSavedTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void loadedPeripheralBehavesLikeTheSavedOne(long seed) {
        Rig rig = new Rig();
        Traffic traffic = new Traffic(rig, seed);
        traffic.start();
        Random moments = new Random(seed);
        for (int round = 0; round < 20; round++) {
            traffic.steps(1 + moments.nextInt(30));
            byte[] state = rig.save();
            Rig loaded = new Rig().load(state);
            assertThat(loaded.save())
                    .as("seed %d, round %d: loaded as saved", seed, round)
                    .isEqualTo(state);
            compare(rig, loaded, seed * 100 + round);
            traffic = new Traffic(rig, seed * 1000 + round);
        }
    }

    private static void compare(Rig saved, Rig loaded, long seed) {
        saved.sent.clear();
        new Traffic(saved, seed).steps(20);
        new Traffic(loaded, seed).steps(20);
        assertThat(loaded.save()).as("seed %d: state afterwards", seed).isEqualTo(saved.save());
        assertThat(frames(loaded)).as("seed %d: frames sent", seed).isEqualTo(frames(saved));
        assertThat(loaded.interrupt).as("seed %d: interrupt", seed).isEqualTo(saved.interrupt);
    }

    private static List<String> frames(Rig rig) {
        List<String> frames = new ArrayList<>();
        rig.sent.forEach(sent -> frames.add(sent.at() + ":" + Arrays.hashCode(sent.frame())));
        return frames;
    }
}

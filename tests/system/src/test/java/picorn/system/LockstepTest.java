// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.emulator.cpu.Engines;
import picorn.emulator.cpu.Translation;
import picorn.emulator.engine.JavaProvider;
import picorn.emulator.machine.Outcome;

/**
 * Whole firmware does the same on both engines. Clock, program counter, all registers and how the slice ended are compared after
 * each slice, SRAM and CCM after a number of them; a slice is one instruction, or more, as each test says. Together with the output
 * at the end that holds every instruction of the single steps, and of longer slices what they leave behind.
 */
class LockstepTest {
    private static final int SINGLE_STEPS_PER_MEMORY = 20_000;
    private static final int SLICES_PER_MEMORY = 400;
    private static final int LONGEST_WINDOW = 1_000;

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"hello-net, ''", "rtos-check, rounds=20", "isa-check-O0, ''", "isa-check-O3, ''"})
    void firmwareDoesTheSame(String image, String arguments) throws Exception {
        hold(image, arguments, 200_000, 1_000);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"hello-net, ''", "rtos-check, ''", "isa-check-O2, ''", "isa-check-Os, ''"})
    void allOfItDoesTheSame(String image, String arguments) throws Exception {
        hold(image, arguments, 4_000_000, 500);
    }

    @Tag("demand")
    @ParameterizedTest
    @CsvSource({"hello-net, ''", "rtos-check, ''", "isa-check-O2, ''", "isa-check-Os, ''"})
    void allOfItDoesTheSameInstructionForInstruction(String image, String arguments) throws Exception {
        hold(image, arguments, Long.MAX_VALUE, 1);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"hello-net, '', STRESS", "rtos-check, rounds=20, FORGETFUL", "isa-check-O2, '', STRESS"})
    void translatedFirmwareDoesTheSame(String image, String arguments, Translation translation) throws Exception {
        try (Lockstep lockstep = translated(image, arguments, translation)) {
            slice(lockstep, new Random(7), 2_000);
            lockstep.compareMemory();
            assertThat(lockstep.outcome()).as(lockstep.output()).isEqualTo(new Outcome.Exited(0));
        }
    }

    /** The Java engine without translation beside itself with it. */
    private static Lockstep translated(String image, String arguments, Translation translation) throws Exception {
        return new Lockstep(new JavaProvider(Translation.OFF), new JavaProvider(translation), image, arguments);
    }

    /** The first {@code single} instructions one by one; then slices of 1 to twice {@code mean}, and now and then a window of single ones. */
    private static void hold(String image, String arguments, long single, int mean) throws Exception {
        try (Lockstep lockstep = new Lockstep(Engines.named("java"), Engines.named("unicorn"), image, arguments)) {
            step(lockstep, single);
            slice(lockstep, new Random(mean), mean);
            lockstep.compareMemory();
            assertThat(lockstep.outcome()).as(lockstep.output()).isEqualTo(new Outcome.Exited(0));
        }
    }

    private static void step(Lockstep lockstep, long count) throws Exception {
        for (long done = 0; done < count && !lockstep.ended(); done++) {
            lockstep.slice(1);
            if (done % SINGLE_STEPS_PER_MEMORY == 0) {
                lockstep.compareMemory();
            }
        }
    }

    private static void slice(Lockstep lockstep, Random random, int mean) throws Exception {
        for (int slice = 1; !lockstep.ended(); slice++) {
            lockstep.slice(1 + random.nextInt(2 * mean));
            if (slice % SLICES_PER_MEMORY == 0) {
                lockstep.compareMemory();
                step(lockstep, random.nextInt(LONGEST_WINDOW));
            }
        }
    }
}

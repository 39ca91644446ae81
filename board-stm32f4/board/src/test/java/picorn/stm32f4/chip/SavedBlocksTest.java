// SPDX-License-Identifier: MIT
package picorn.stm32f4.chip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.stm32f4.ChipRig;
import picorn.stm32f4.gpio.Drive;

/** A block that is saved under random use, and a fresh one that loads that, do the same from then on. */
class SavedBlocksTest {
    private static final int SEEDS = 20;
    private static final int OPERATIONS = 300;
    private static final int[] TELLING = {
        0, 1, 2, 0x2D9, 0x45, 0xFFFF, -1, 0x4567_0123, 0xCDEF_89AB, 0x0819_2A3B, 0x4C5D_6E7F, 0x200C, 0x20EC, 0x81
    };

    static Stream<String> names() {
        return new ChipRig().chip.blocks().stream().map(RegisterBlock::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void loadedBlockDoesTheSameAsTheOneThatWasSaved(String name) {
        for (long seed = 0; seed < SEEDS; seed++) {
            ChipRig original = new ChipRig();
            original.enableAll();
            use(original, name, new Random(seed), OPERATIONS);
            ChipRig loaded = new ChipRig();
            loaded.load(original.save());

            List<Integer> expected = use(original, name, new Random(~seed), OPERATIONS);
            List<Integer> found = use(loaded, name, new Random(~seed), OPERATIONS);
            assertThat(found).as("%s, seed %d", name, seed).isEqualTo(expected);
            assertThat(loaded.save()).as("%s, seed %d", name, seed).isEqualTo(original.save());
        }
    }

    /** What firmware reads, while it, the board and the host do anything. */
    private static List<Integer> use(ChipRig rig, String name, Random random, int operations) {
        List<Integer> seen = new ArrayList<>();
        List<Register> registers = rig.block(name).registers();
        int base = rig.chip.registerTable().peripheral(name).orElseThrow().base();
        for (int i = 0; i < operations; i++) {
            int address = base + registers.get(random.nextInt(registers.size())).offset();
            switch (random.nextInt(8)) {
                case 0 -> rig.passEvents(1 + random.nextInt(3));
                case 1 -> rig.pass((long) (random.nextDouble() * Math.pow(10, 1 + random.nextInt(9))));
                case 2, 3, 4 -> rig.write(address, 4, value(random));
                case 5 -> outside(rig, name, random);
                default -> seen.add(rig.read(address, 4));
            }
        }
        for (Register register : registers) {
            seen.add(rig.read(base + register.offset(), 4));
        }
        for (int irq = 0; irq <= 90; irq++) {
            seen.add(rig.interrupt(irq) ? irq : -1);
        }
        return seen;
    }

    private static int value(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> TELLING[random.nextInt(TELLING.length)];
            case 1 -> 1 << random.nextInt(32);
            case 2 -> random.nextInt() & random.nextInt();
            default -> random.nextInt();
        };
    }

    private static void outside(ChipRig rig, String name, Random random) {
        int n = random.nextInt(16);
        if (name.startsWith("U")) {
            rig.chip.usart1To8(name.charAt(name.length() - 1) - '0').receive(random.nextInt(256));
        } else if (name.equals("FLASH")) {
            rig.write(0x0800_0000 + 4 * random.nextInt(1 << 18), 4, random.nextInt());
        } else {
            char port = name.startsWith("GPIO") ? name.charAt(4) : 'A';
            rig.chip.port(port).drive(n, Drive.values()[random.nextInt(3)]);
        }
    }
}

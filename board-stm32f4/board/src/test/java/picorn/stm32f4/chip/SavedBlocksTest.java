// SPDX-License-Identifier: MIT
package picorn.stm32f4.chip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private static final int ROUNDS = 50;
    private static final int OPERATIONS = 60;
    /** Of the same class and kind as another. */
    private static final String LIKE_ANOTHER = "GPIO[C-K]|USART[236]|UART[578]|TIM[45]";

    private static final int[] TELLING = {0, 1, 2, 0xFFFF, -1};

    /** What firmware would write, so that the random walk gets deep. */
    private static final Map<String, List<String>> PLAUSIBLE = Map.of(
            "U", List.of("BRR=69", "BRR=16", "CR1=202C", "CR1=20EC", "CR1=203C", "CR3=C0", "DR=55", "SR=0"),
            "TIM",
                    List.of(
                            "CR1=1", "CR1=81", "CR1=11", "CR1=0", "PSC=5", "ARR=64", "CCR1=32", "EGR=1", "SR=0",
                            "DIER=3"),
            "GPIO", List.of("LCKR=1000F", "LCKR=F", "MODER=55", "OTYPER=3", "PUPDR=55"),
            "FLASH", List.of("KEYR=45670123", "KEYR=CDEF89AB", "CR=2000201", "CR=1010002", "CR=1010022"),
            "FLAS", List.of("OPTKEYR=8192A3B", "OPTKEYR=4C5D6E7F", "OPTCR=FFFAAEE", "OPTCR=FFEAAEE", "SR=F1"),
            "RCC", List.of("CR=10083", "CR=1010083", "PLLCFGR=27405419", "CFGR=9402", "CFGR=1", "APB1ENR=10000001"),
            "RNG", List.of("CR=C", "SR=0"),
            "PWR", List.of("CR=1C000", "CR=3C100", "CR=4000"),
            "EXTI", List.of("IMR=7FFFFF", "RTSR=FFFF", "FTSR=FFFF", "PR=FFFF", "SWIER=F"));

    static Stream<String> names() {
        return new ChipRig()
                .chip.blocks().stream().map(RegisterBlock::name).filter(name -> !name.matches(LIKE_ANOTHER));
    }

    @ParameterizedTest
    @MethodSource("names")
    void loadedBlockDoesTheSameAsTheOneThatWasSaved(String name) {
        long seed = name.hashCode();
        Random random = new Random(seed);
        ChipRig original = new ChipRig();
        original.run168MHz();
        original.enableAll();
        for (int round = 0; round < ROUNDS; round++) {
            use(original, name, random, random.nextInt(OPERATIONS));
            ChipRig loaded = new ChipRig();
            loaded.load(original.save());

            long next = random.nextLong();
            List<Integer> expected = useAndRead(original, name, new Random(next));
            List<Integer> found = useAndRead(loaded, name, new Random(next));
            assertThat(found).as("%s, seed %d, round %d", name, seed, round).isEqualTo(expected);
            assertThat(loaded.save())
                    .as("%s, seed %d, round %d", name, seed, round)
                    .isEqualTo(original.save());
        }
    }

    private static List<Integer> useAndRead(ChipRig rig, String name, Random random) {
        List<Integer> seen = use(rig, name, random, OPERATIONS);
        for (Register register : rig.block(name).registers()) {
            seen.add(rig.read(name + "." + register.name()));
        }
        for (int irq = 0; irq <= 90; irq++) {
            seen.add(rig.interrupt(irq) ? irq : -1);
        }
        return seen;
    }

    /** What firmware reads, while it, the board and the host do anything. */
    private static List<Integer> use(ChipRig rig, String name, Random random, int operations) {
        List<Integer> seen = new ArrayList<>();
        List<Register> registers = rig.block(name).registers();
        int base = rig.chip.registerTable().peripheral(name).orElseThrow().base();
        for (int i = 0; i < operations; i++) {
            int address = base + registers.get(random.nextInt(registers.size())).offset();
            if (random.nextInt(100) == 0) {
                rig.block(name).reset();
            }
            switch (random.nextInt(8)) {
                case 0 -> rig.passEvents(1 + random.nextInt(3));
                case 1 -> rig.pass((long) (random.nextDouble() * Math.pow(10, 1 + random.nextInt(9))));
                case 2 -> rig.write(address, 4, value(random));
                case 3, 4 -> writePlausible(rig, name, random);
                case 5 -> outside(rig, name, random);
                default -> seen.add(rig.read(address, 4));
            }
        }
        return seen;
    }

    private static void writePlausible(ChipRig rig, String name, Random random) {
        List<String> writes = PLAUSIBLE.entrySet().stream()
                .filter(e -> name.startsWith(e.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .flatMap(e -> e.getValue().stream())
                .toList();
        if (!writes.isEmpty()) {
            String[] write = writes.get(random.nextInt(writes.size())).split("=");
            rig.write(name + "." + write[0], Integer.parseUnsignedInt(write[1], 16));
        }
    }

    private static int value(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> TELLING[random.nextInt(TELLING.length)];
            case 1 -> 1 << random.nextInt(32);
            default -> random.nextInt() & random.nextInt();
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

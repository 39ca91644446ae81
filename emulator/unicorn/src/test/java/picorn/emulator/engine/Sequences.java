// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import picorn.emulator.cpu.Reg;

/** Random sequences on two engines, in lock-step. */
final class Sequences {
    private static final int SEQUENCES_OF_A_PAIR = 1000;
    private static final int UNITS = 30;
    private static final int MOST_CYCLES = 4000;
    private static final int DATA_SIZE = 0x2c00;

    private final Supplier<EnginePair> pairs;

    /** On pairs of engines that {@code pairs} makes. */
    Sequences(Supplier<EnginePair> pairs) {
        this.pairs = pairs;
    }

    /** Holds {@code count} sequences from the seed {@code first} on. */
    void hold(int first, int count) {
        for (int done = 0; done < count; done += SEQUENCES_OF_A_PAIR) {
            try (EnginePair pair = pairs.get()) {
                for (int seed = first + done; seed < first + Math.min(done + SEQUENCES_OF_A_PAIR, count); seed++) {
                    List<Unit> units = new RandomSequence(new Random(seed)).of(UNITS);
                    if (!difference(pair, units, seed).isEmpty()) {
                        fail(units, seed);
                    }
                }
            }
        }
    }

    private void fail(List<Unit> units, int seed) {
        shrink(units, units, seed);
        String found = differenceAnew(units, seed);
        assertThat(found)
                .as(
                        "seed %d: %s%n%s",
                        seed, found, written(units, EnginePair.CODE).disassembled())
                .isEmpty();
    }

    /** Leaves out of {@code body}, which is part of {@code units}, what is not needed for a difference. */
    private void shrink(List<Unit> units, List<Unit> body, int seed) {
        for (int k = body.size() - 1; k >= 0; k--) {
            Unit left = body.remove(k);
            if (differenceAnew(units, seed).isEmpty()) {
                body.add(k, left);
                left.bodies().forEach(inner -> shrink(units, inner, seed));
            }
        }
    }

    private String differenceAnew(List<Unit> units, int seed) {
        try (EnginePair pair = pairs.get()) {
            return difference(pair, units, seed);
        }
    }

    private static CodeWriter written(List<Unit> units, int origin) {
        CodeWriter code = new CodeWriter(origin);
        units.forEach(unit -> unit.write(code));
        code.put(0xe7fe);
        return code;
    }

    private static String difference(EnginePair pair, List<Unit> units, int seed) {
        CodeWriter code = written(units, EnginePair.CODE);
        int at = EnginePair.CODE;
        for (int halfword : code.halfwords()) {
            pair.put(halfword, at);
            at += 2;
        }
        pair.fillData(seed, DATA_SIZE);
        pair.start(registers(seed));
        return run(pair, new Random(seed), at - 2);
    }

    private static String run(EnginePair pair, Random random, int end) {
        int cycles = 0;
        while (pair.pc() != end && cycles < MOST_CYCLES) {
            int slice = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(120);
            boolean goesOn = pair.run(slice);
            cycles += slice;
            String found = pair.compare();
            if (!found.isEmpty() || !goesOn) {
                return "within %d cycles of 0x%08x, %s: %s".formatted(slice, pair.pc(), goesOn ? "" : "ended", found);
            }
        }
        return pair.compareMemory();
    }

    private static int[] registers(int seed) {
        RandomState state = new RandomState(new Random(seed));
        int[] values = new int[Reg.values().length];
        for (Reg register : Reg.values()) {
            int n = register.ordinal();
            values[n] = n <= Reg.R12.ordinal() || n >= Reg.S0.ordinal() ? state.value() : 0;
        }
        for (int base : List.of(RandomSequence.NARROW_BASE, RandomSequence.WIDE_BASE, RandomSequence.SAVED_BASE)) {
            values[base] = RandomSequence.DATA_BASE;
        }
        values[RandomSequence.NARROW_INDEX] = 8;
        values[RandomSequence.WIDE_INDEX] = 12;
        values[RandomSequence.SAVED_STACK] = RandomSequence.STACK;
        values[Reg.LR.ordinal()] = EnginePair.CODE | 1;
        values[Reg.XPSR.ordinal()] = 1 << 24;
        values[Reg.CONTROL.ordinal()] = 4; // FPCA: NEW_CONTEXT_FPSCR
        values[Reg.MSP.ordinal()] = RandomSequence.STACK;
        values[Reg.PSP.ordinal()] = RandomSequence.STACK;
        return values;
    }
}

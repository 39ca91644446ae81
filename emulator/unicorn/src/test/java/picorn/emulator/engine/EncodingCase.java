// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.Random;

/** Random instructions of one encoding on both engines, with whatever has to stand before them. */
final class EncodingCase {
    private static final int BATCH = 10;
    private static final int LONGEST_BLOCK = 4;
    private static final int NOP = 0xbf00;
    private static final int BRANCH_TO_ITSELF = 0xe7fe;

    private final EnginePair pair;
    private final Encoding encoding;
    private final Random random;
    private final RandomInstructions instructions;
    private final StringBuilder text = new StringBuilder();
    private int at;
    private int index = -1;
    private int cycles;

    private EncodingCase(EnginePair pair, Encoding encoding, Random random) {
        this.pair = pair;
        this.encoding = encoding;
        this.random = random;
        instructions = new RandomInstructions(random);
        at = pair.nextEntry();
    }

    /** How many instructions of an encoding are compared at once: several, unless they access memory, branch or stop. */
    static int instances(Encoding encoding) {
        boolean single = Traits.accesses(encoding)
                || Traits.branches(encoding)
                || Traits.stops(encoding)
                || Traits.readsStatus(encoding)
                || Traits.beginsBlock(encoding);
        return single ? 1 : BATCH;
    }

    /** Runs random instructions of {@code encoding}; returns what differs afterwards, or nothing. */
    static String difference(EnginePair pair, Encoding encoding, Random random) {
        return difference(pair, encoding, random, 0);
    }

    /** As the other, and {@code more} cycles of what comes after them: a NOP, and a branch to itself. */
    static String difference(EnginePair pair, Encoding encoding, Random random, int more) {
        return new EncodingCase(pair, encoding, random).difference(more);
    }

    private String difference(int more) {
        write();
        int[] before = new RandomState(random).of(encoding, index);
        pair.fillData(random.nextLong());
        pair.start(before);
        pair.run(cycles + more);
        String found = pair.compare() + pair.compareMemory();
        return found.isEmpty() ? "" : text + RandomState.describe(before) + System.lineSeparator() + found;
    }

    private void write() {
        if (Traits.storesExclusively(encoding)) {
            exclusivePair();
        } else {
            batch();
        }
        if (Traits.beginsBlock(encoding)) {
            block();
        }
        put(NOP);
        put(BRANCH_TO_ITSELF);
    }

    /** Ends with one that writes SP: STACK_POINTER_LOW_BITS. */
    private void batch() {
        boolean writesSp = false;
        for (int k = instances(encoding); k > 0 && !writesSp; k--) {
            Instruction i = instructions.of(encoding, at);
            put(i);
            writesSp = i.d == Core.SP;
        }
    }

    private void put(Instruction i) {
        text.append("%08x %s; ".formatted(i.code, i));
        if (Traits.accesses(encoding) && i.encoding.has('m')) {
            index = i.m;
        }
        if (i.length == 4) {
            put(i.code >>> 16);
        }
        put(i.code & 0xffff);
        cycles++;
    }

    private void put(int halfword) {
        pair.put(halfword, at);
        at += 2;
    }

    /** An LDREX of the same size from the same place, now and then none: EXCLUSIVE_GRANULE. */
    private void exclusivePair() {
        Instruction store = instructions.of(encoding, at);
        if (random.nextInt(4) != 0) {
            String load = "ldrex" + Traits.mnemonic(encoding).substring("strex".length());
            Encoding other = Encodings.CORTEX_M4.all().stream()
                    .filter(candidate -> Traits.mnemonic(candidate).equals(load))
                    .findFirst()
                    .orElseThrow();
            int register = free(store);
            put(new Instruction(
                    other,
                    other.value | store.n << 16 | register << 12 | (other.has('i') ? store.i / 4 : 0),
                    at,
                    false));
        }
        put(store);
    }

    private static int free(Instruction store) {
        int register = 0;
        while (register == store.n || register == store.t || register == store.d) {
            register++;
        }
        return register;
    }

    /** What an IT block may hold, and instructions after it; the run ends anywhere in them. */
    private void block() {
        for (int k = 0; k < LONGEST_BLOCK; k++) {
            put(0x3001 | random.nextInt(8) << 8); // adds r, #1, without flags in the block
        }
        put(0x4040); // eors r0, r0
        cycles = 1 + random.nextInt(LONGEST_BLOCK);
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An endless loop of random Thumb-2 code: arithmetic, accesses to memory at R4 and to I/O at R6, IT blocks, branches to labels,
 * calls and SVC. R4, R6 and SP are never written, so that every access goes where it may.
 */
final class RandomProgram {
    private static final int MOST_UNITS = 250;
    private static final int[] FREE = {0, 1, 2, 3, 5, 7};

    /** Some instructions that are branched to as a whole; {@code branch} is the place of one to {@code target}, or -1. */
    private record Unit(int[] halfwords, int branch, int target) {}

    private final Random random;
    private final List<Unit> units = new ArrayList<>();

    RandomProgram(long seed) {
        random = new Random(seed);
        int count = 20 + random.nextInt(MOST_UNITS - 20);
        units.add(new Unit(new int[] {0xe000, 0x4770}, 0, 2)); // b past the subroutine; bx lr
        units.add(new Unit(new int[] {0xbf00}, -1, 0));
        while (units.size() < count) {
            units.add(unit());
        }
        units.add(new Unit(new int[] {0xe000}, 0, 0));
    }

    /** The program's halfwords. */
    int[] halfwords() {
        int[] starts = new int[units.size() + 1];
        for (int i = 0; i < units.size(); i++) {
            starts[i + 1] = starts[i] + units.get(i).halfwords().length;
        }
        int[] all = new int[starts[units.size()]];
        for (int i = 0; i < units.size(); i++) {
            Unit unit = units.get(i);
            System.arraycopy(unit.halfwords(), 0, all, starts[i], unit.halfwords().length);
            if (unit.branch() >= 0) {
                int at = starts[i] + unit.branch();
                link(all, at, (unit.target() == 1 ? 1 : starts[Math.min(unit.target(), units.size() - 1)]) - at - 2);
            }
        }
        return all;
    }

    /** Fills in where a B (T1 or T2) or a BL goes; {@code distance} is in halfwords from the PC that it reads. */
    private static void link(int[] code, int at, int distance) {
        if (code[at] >>> 11 == 0x1e) {
            code[at] |= distance >> 11 & 0x7ff;
            code[at + 1] |= distance & 0x7ff;
        } else {
            code[at] |= distance & (code[at] >>> 12 == 0xd ? 0xff : 0x7ff);
        }
    }

    private Unit unit() {
        int ahead = units.size() + 1 + random.nextInt(4);
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> block(ahead);
            case 4 -> new Unit(new int[] {0xd000 | random.nextInt(14) << 8}, 0, ahead); // b<cond>
            case 5 -> new Unit(new int[] {0xf000, 0xf800}, 0, 1); // bl to the bx lr
            case 6 -> new Unit(new int[] {0xdf00 | random.nextInt(256)}, -1, 0); // svc
            default -> new Unit(plain(), -1, 0);
        };
    }

    private Unit block(int ahead) {
        int condition = random.nextInt(14);
        int length = 1 + random.nextInt(4);
        int mask = 1 << 4 - length | random.nextInt(8) << 5 - length & 0xe;
        List<Integer> code = new ArrayList<>(List.of(0xbf00 | condition << 4 | mask));
        for (int i = 1; i < length; i++) {
            append(code, random.nextInt(12) == 0 ? new int[] {0xdf00 | i} : plain());
        }
        int branch = code.size();
        int target = ahead;
        int[] last =
                switch (random.nextInt(4)) {
                    case 0 -> new int[] {0xe000}; // b
                    case 1 -> {
                        target = 1;
                        yield new int[] {0xf000, 0xf800}; // bl
                    }
                    default -> {
                        branch = -1;
                        yield plain();
                    }
                };
        append(code, last);
        return new Unit(code.stream().mapToInt(Integer::intValue).toArray(), branch, target);
    }

    private static void append(List<Integer> code, int[] halfwords) {
        for (int halfword : halfwords) {
            code.add(halfword);
        }
    }

    private int[] plain() {
        int d = free();
        int n = free();
        int m = free();
        int word = random.nextInt(16);
        return switch (random.nextInt(16)) {
            case 0 -> new int[] {0x2000 | d << 8 | random.nextInt(256)}; // movs d, #
            case 1 -> new int[] {0x3000 | d << 8 | random.nextInt(256)}; // adds d, #
            case 2 -> new int[] {0x3800 | d << 8 | random.nextInt(256)}; // subs d, #
            case 3 -> new int[] {0x2800 | d << 8 | random.nextInt(256)}; // cmp d, #
            case 4 -> new int[] {0x4000 | random.nextInt(16) << 6 | m << 3 | d}; // ands ... mvns
            case 5 -> new int[] {0x1800 | random.nextInt(2) << 9 | m << 6 | n << 3 | d}; // adds, subs d, n, m
            case 6 -> new int[] {random.nextInt(3) << 11 | random.nextInt(32) << 6 | m << 3 | d}; // lsls, lsrs, asrs
            case 7 -> new int[] {0xf110 | n, d << 8 | random.nextInt(256)}; // adds.w d, n, #
            case 8 -> new int[] {0xfbb0 | n, 0xf0f0 | d << 8 | m}; // udiv d, n, m
            case 9 -> new int[] {0xf1b0 | n, 0x0f00 | random.nextInt(256)}; // cmp.w n, #
            case 10 -> new int[] {0x6020 | word << 6 | d}; // str d, [r4, #]
            case 11 -> new int[] {0x6820 | word << 6 | d}; // ldr d, [r4, #]
            case 12 -> new int[] {0x6030 | word << 6 | d}; // str d, [r6, #]
            case 13 -> new int[] {0x6830 | word << 6 | d}; // ldr d, [r6, #]
            case 14 -> new int[] {0xe880 | random.nextInt(2) << 4 | base(), 0x008f}; // ldm or stm, {r0-r3, r7}
            default -> new int[] {0xe9c0 | random.nextInt(2) << 4 | base(), 0x2300 | word
            }; // ldrd or strd r2, r3, [base, #]
        };
    }

    private int base() {
        return random.nextBoolean() ? 4 : 6;
    }

    private int free() {
        return FREE[random.nextInt(FREE.length)];
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.io.Serializable;

/** Addition and subtraction of halves and octets side by side, with the GE bits (ARMv7-M ARM, A4.4.6 and A5.3.13, A5.3.14). */
final class ParallelAddSub {
    private ParallelAddSub() {}

    /** What becomes of each lane's sum. */
    @FunctionalInterface
    interface Lane extends Serializable {
        /** The low {@code bits} bits of this are the lane's result. */
        int result(int sum, int bits);
    }

    static void encodings(EncodingTable e) {
        group(e, "s", "000", new Kind(true, true, (sum, bits) -> sum));
        group(e, "q", "001", new Kind(true, false, Saturating::signed));
        group(e, "sh", "010", new Kind(true, false, (sum, bits) -> sum >> 1));
        group(e, "u", "100", new Kind(false, true, (sum, bits) -> sum));
        group(e, "uq", "101", new Kind(false, false, Saturating::unsigned));
        group(e, "uh", "110", new Kind(false, false, (sum, bits) -> sum >> 1));
    }

    private static void group(EncodingTable e, String prefix, String op2, Kind kind) {
        row(e, prefix + "add16", "001", op2, (core, i) -> kind.halves(core, i, 1, 1, core.r[i.m]));
        row(e, prefix + "sub16", "101", op2, (core, i) -> kind.halves(core, i, -1, -1, core.r[i.m]));
        row(e, prefix + "asx", "010", op2, (core, i) -> kind.halves(core, i, -1, 1, BitField.exchanged(core.r[i.m])));
        row(e, prefix + "sax", "110", op2, (core, i) -> kind.halves(core, i, 1, -1, BitField.exchanged(core.r[i.m])));
        row(e, prefix + "add8", "000", op2, (core, i) -> kind.octets(core, i, 1));
        row(e, prefix + "sub8", "100", op2, (core, i) -> kind.octets(core, i, -1));
    }

    private static void row(EncodingTable e, String name, String op1, String op2, Meaning meaning) {
        e.add("111110101" + op1 + " nnnn 1111 dddd 0" + op2 + " mmmm", name + "<c> <d>, <n>, <m>", meaning);
    }

    /** Signed or unsigned lanes, whether they set GE, and what becomes of each sum. */
    private record Kind(boolean signed, boolean setsGe, Lane lane) implements Serializable {
        /** Each half is Rn's plus or minus that of {@code other}. */
        void halves(Core core, Instruction i, int signOfLow, int signOfHigh, int other) {
            int x = core.r[i.n];
            int low = lane(x, 0, 16) + signOfLow * lane(other, 0, 16);
            int high = lane(x, 16, 16) + signOfHigh * lane(other, 16, 16);
            if (setsGe) {
                core.ge = ge(low, signOfLow, 16) * 3 | ge(high, signOfHigh, 16) * 12;
            }
            core.r[i.d] = lane.result(high, 16) << 16 | lane.result(low, 16) & 0xffff;
        }

        void octets(Core core, Instruction i, int sign) {
            int x = core.r[i.n];
            int other = core.r[i.m];
            int result = 0;
            int ge = 0;
            for (int k = 0; k < 4; k++) {
                int sum = lane(x, 8 * k, 8) + sign * lane(other, 8 * k, 8);
                ge |= ge(sum, sign, 8) << k;
                result |= (lane.result(sum, 8) & 0xff) << 8 * k;
            }
            if (setsGe) {
                core.ge = ge;
            }
            core.r[i.d] = result;
        }

        private int lane(int x, int at, int bits) {
            return signed ? x << 32 - at - bits >> 32 - bits : x >>> at & (1 << bits) - 1;
        }

        /** A signed lane that is not negative; an unsigned sum that carries, or difference that does not borrow. */
        private int ge(int sum, int sign, int bits) {
            return 1 + (sum - (signed || sign < 0 ? 0 : 1 << bits) >> 31);
        }
    }
}

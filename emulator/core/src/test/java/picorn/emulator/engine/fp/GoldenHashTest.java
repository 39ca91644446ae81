// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds each instruction to what QEMU's Cortex-M4 computed: {@code golden.txt}, printed by the firmware {@code golden.c}. */
class GoldenHashTest {
    private static final int ROUNDS = 10_000;

    /** What an instruction does with operands n and m, and the d that was in the destination. */
    @FunctionalInterface
    private interface Instruction {
        int execute(int n, int m, int d, Fpscr f);
    }

    private static final Map<String, Instruction> INSTRUCTIONS = Map.ofEntries(
            entry("vadd", (n, m, d, f) -> FpArithmetic.add(n, m, f)),
            entry("vsub", (n, m, d, f) -> FpArithmetic.sub(n, m, f)),
            entry("vmul", (n, m, d, f) -> FpArithmetic.mul(n, m, f)),
            entry("vnmul", (n, m, d, f) -> FpArithmetic.nmul(n, m, f)),
            entry("vdiv", (n, m, d, f) -> FpArithmetic.div(n, m, f)),
            entry("vsqrt", (n, m, d, f) -> FpArithmetic.sqrt(n, f)),
            entry("vabs", (n, m, d, f) -> FpArithmetic.abs(n)),
            entry("vneg", (n, m, d, f) -> FpArithmetic.neg(n)),
            entry("vmla", (n, m, d, f) -> FpArithmetic.mla(d, n, m, f)),
            entry("vmls", (n, m, d, f) -> FpArithmetic.mls(d, n, m, f)),
            entry("vnmla", (n, m, d, f) -> FpArithmetic.nmla(d, n, m, f)),
            entry("vnmls", (n, m, d, f) -> FpArithmetic.nmls(d, n, m, f)),
            entry("vfma", (n, m, d, f) -> FpArithmetic.fma(d, n, m, f)),
            entry("vfms", (n, m, d, f) -> FpArithmetic.fms(d, n, m, f)),
            entry("vfnma", (n, m, d, f) -> FpArithmetic.fnma(d, n, m, f)),
            entry("vfnms", (n, m, d, f) -> FpArithmetic.fnms(d, n, m, f)),
            entry("vcmp", GoldenHashTest::vcmp),
            entry("vcmpe", GoldenHashTest::vcmpe),
            entry("vcmp_zero", (n, m, d, f) -> vcmp(n, 0, d, f)),
            entry("vcvt_s32", (n, m, d, f) -> FpConvert.toSigned32(n, 0, Rounding.RZ, f)),
            entry("vcvt_u32", (n, m, d, f) -> FpConvert.toUnsigned32(n, 0, Rounding.RZ, f)),
            entry("vcvtr_s32", (n, m, d, f) -> FpConvert.toSigned32(n, 0, f.rounding(), f)),
            entry("vcvtr_u32", (n, m, d, f) -> FpConvert.toUnsigned32(n, 0, f.rounding(), f)),
            entry("vcvt_from_s32", (n, m, d, f) -> FpConvert.fromSigned(n, 0, f.rounding(), f)),
            entry("vcvt_from_u32", (n, m, d, f) -> FpConvert.fromUnsigned(n, 0, f.rounding(), f)),
            entry("vcvt_s16_5", (n, m, d, f) -> FpConvert.toSigned16(n, 5, Rounding.RZ, f)),
            entry("vcvt_u16_16", (n, m, d, f) -> FpConvert.toUnsigned16(n, 16, Rounding.RZ, f)),
            entry("vcvt_s32_20", (n, m, d, f) -> FpConvert.toSigned32(n, 20, Rounding.RZ, f)),
            entry("vcvt_u32_32", (n, m, d, f) -> FpConvert.toUnsigned32(n, 32, Rounding.RZ, f)),
            entry("vcvt_from_s16_5", (n, m, d, f) -> FpConvert.fromSigned((short) n, 5, Rounding.RN, f)),
            entry("vcvt_from_u16_16", (n, m, d, f) -> FpConvert.fromUnsigned(n & 0xFFFF, 16, Rounding.RN, f)),
            entry("vcvt_from_s32_20", (n, m, d, f) -> FpConvert.fromSigned(n, 20, Rounding.RN, f)),
            entry("vcvt_from_u32_32", (n, m, d, f) -> FpConvert.fromUnsigned(n, 32, Rounding.RN, f)),
            entry("vcvtb_from_half", (n, m, d, f) -> FpHalf.toSingle(n, f)),
            entry("vcvtt_from_half", (n, m, d, f) -> FpHalf.toSingle(n >>> 16, f)),
            entry("vcvtb_to_half", (n, m, d, f) -> d & 0xFFFF0000 | FpHalf.fromSingle(n, f)),
            entry("vcvtt_to_half", (n, m, d, f) -> d & 0xFFFF | FpHalf.fromSingle(n, f) << 16));

    private static int vcmp(int n, int m, int d, Fpscr fpscr) {
        FpCompare.quiet(n, m, fpscr);
        return d;
    }

    private static int vcmpe(int n, int m, int d, Fpscr fpscr) {
        FpCompare.signalling(n, m, fpscr);
        return d;
    }

    static Stream<String> hashesOfQemu() throws IOException {
        try (InputStream golden = GoldenHashTest.class.getResourceAsStream("golden.txt")) {
            return new String(golden.readAllBytes(), StandardCharsets.US_ASCII).lines();
        }
    }

    @ParameterizedTest
    @MethodSource("hashesOfQemu")
    void resultsAndFlagsAreThoseOfQemu(String line) {
        String name = line.substring(0, line.indexOf(' '));
        assertThat(hashes(name, INSTRUCTIONS.get(name))).isEqualTo(line);
    }

    private static String hashes(String name, Instruction instruction) {
        StringBuilder line = new StringBuilder(name);
        for (int rounding = 0; rounding < 4; rounding++) {
            line.append(String.format(" %08x", hash(instruction, rounding << Fpscr.RMODE_SHIFT)));
        }
        return line.toString();
    }

    private static int hash(Instruction instruction, int rounding) {
        Fpscr fpscr = new Fpscr();
        GoldenOperands operands = new GoldenOperands();
        int hash = 0;
        for (int i = 0; i < 8 * ROUNDS; i++) {
            int n = operands.operand();
            int m = operands.operand();
            int d = operands.operand();
            fpscr.set(i / ROUNDS * Fpscr.FZ | rounding);
            int result = instruction.execute(n, m, d, fpscr);
            hash = GoldenOperands.mixed(GoldenOperands.mixed(hash, result), fpscr.get());
        }
        return hash;
    }
}

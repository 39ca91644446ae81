// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.io.Serializable;
import picorn.emulator.engine.fp.FpArithmetic;
import picorn.emulator.engine.fp.FpCompare;
import picorn.emulator.engine.fp.FpConvert;
import picorn.emulator.engine.fp.FpHalf;
import picorn.emulator.engine.fp.Fpscr;
import picorn.emulator.engine.fp.Rounding;

/** FPv4-SP: arithmetic, comparison and conversion (ARMv7-M ARM, A4.11.2, A6.4 and A6.5); moves are in {@link FloatingPointTransfer}. */
final class FloatingPoint {
    private FloatingPoint() {}

    /** An operation on Sn and Sm. */
    @FunctionalInterface
    private interface Binary extends Serializable {
        int of(int n, int m, Fpscr fpscr);
    }

    /** An operation on Sd, Sn and Sm. */
    @FunctionalInterface
    private interface Ternary extends Serializable {
        int of(int d, int n, int m, Fpscr fpscr);
    }

    /** An operation on Sm. */
    @FunctionalInterface
    private interface Unary extends Serializable {
        int of(int m, Fpscr fpscr);
    }

    static void encodings(EncodingTable e) {
        ternary(e, "0", "00", "0", "vmla", FpArithmetic::mla);
        ternary(e, "0", "00", "1", "vmls", FpArithmetic::mls);
        ternary(e, "0", "01", "0", "vnmls", FpArithmetic::nmls);
        ternary(e, "0", "01", "1", "vnmla", FpArithmetic::nmla);
        ternary(e, "1", "01", "0", "vfnms", FpArithmetic::fnms);
        ternary(e, "1", "01", "1", "vfnma", FpArithmetic::fnma);
        ternary(e, "1", "10", "0", "vfma", FpArithmetic::fma);
        ternary(e, "1", "10", "1", "vfms", FpArithmetic::fms);
        binary(e, "0", "10", "0", "vmul", FpArithmetic::mul);
        binary(e, "0", "10", "1", "vnmul", FpArithmetic::nmul);
        binary(e, "0", "11", "0", "vadd", FpArithmetic::add);
        binary(e, "0", "11", "1", "vsub", FpArithmetic::sub);
        binary(e, "1", "00", "0", "vdiv", FpArithmetic::div, Cost.FOURTEEN);
        unary(e, "0000 DDDD 1010 11", "vabs<c>.f32 <sD>, <sM>", (m, fpscr) -> FpArithmetic.abs(m));
        unary(e, "0001 DDDD 1010 01", "vneg<c>.f32 <sD>, <sM>", (m, fpscr) -> FpArithmetic.neg(m));
        unary(e, "0001 DDDD 1010 11", "vsqrt<c>.f32 <sD>, <sM>", FpArithmetic::sqrt, Cost.FOURTEEN);
        comparisons(e);
        halves(e);
        unary(
                e,
                "1000 DDDD 1010 01",
                "vcvt<c>.f32.u32 <sD>, <sM>",
                (m, fpscr) -> FpConvert.fromUnsigned(m, 0, fpscr.rounding(), fpscr));
        unary(
                e,
                "1000 DDDD 1010 11",
                "vcvt<c>.f32.s32 <sD>, <sM>",
                (m, fpscr) -> FpConvert.fromSigned(m, 0, fpscr.rounding(), fpscr));
        unary(
                e,
                "1100 DDDD 1010 01",
                "vcvtr<c>.u32.f32 <sD>, <sM>",
                (m, fpscr) -> FpConvert.toUnsigned32(m, 0, fpscr.rounding(), fpscr));
        unary(
                e,
                "1100 DDDD 1010 11",
                "vcvt<c>.u32.f32 <sD>, <sM>",
                (m, fpscr) -> FpConvert.toUnsigned32(m, 0, Rounding.RZ, fpscr));
        unary(
                e,
                "1101 DDDD 1010 01",
                "vcvtr<c>.s32.f32 <sD>, <sM>",
                (m, fpscr) -> FpConvert.toSigned32(m, 0, fpscr.rounding(), fpscr));
        unary(
                e,
                "1101 DDDD 1010 11",
                "vcvt<c>.s32.f32 <sD>, <sM>",
                (m, fpscr) -> FpConvert.toSigned32(m, 0, Rounding.RZ, fpscr));
        fixedPoint(e);
        FloatingPointTransfer.encodings(e);
    }

    private static void ternary(EncodingTable e, String high, String op, String low, String name, Ternary operation) {
        e.add(
                "11101110 " + high + " D " + op + " NNNN DDDD 1010 N " + low + " M 0 MMMM",
                name + "<c>.f32 <sD>, <sN>, <sM>",
                (core, i) -> {
                    core.requireFloatingPoint();
                    core.s[i.d] = operation.of(core.s[i.d], core.s[i.n], core.s[i.m], core.fpscr);
                },
                Cost.THREE);
    }

    private static void binary(EncodingTable e, String high, String op, String low, String name, Binary operation) {
        binary(e, high, op, low, name, operation, Cost.ONE);
    }

    private static void binary(
            EncodingTable e, String high, String op, String low, String name, Binary operation, Cost cost) {
        e.add(
                "11101110 " + high + " D " + op + " NNNN DDDD 1010 N " + low + " M 0 MMMM",
                name + "<c>.f32 <sD>, <sN>, <sM>",
                (core, i) -> {
                    core.requireFloatingPoint();
                    core.s[i.d] = operation.of(core.s[i.n], core.s[i.m], core.fpscr);
                },
                cost);
    }

    private static void unary(EncodingTable e, String bits, String syntax, Unary operation) {
        unary(e, bits, syntax, operation, Cost.ONE);
    }

    private static void unary(EncodingTable e, String bits, String syntax, Unary operation, Cost cost) {
        e.add(
                "11101110 1 D 11 " + bits + " M 0 MMMM",
                syntax,
                (core, i) -> {
                    core.requireFloatingPoint();
                    core.s[i.d] = operation.of(core.s[i.m], core.fpscr);
                },
                cost);
    }

    private static void comparisons(EncodingTable e) {
        e.add("11101110 1 D 11 0100 DDDD 1010 01 M 0 MMMM", "vcmp<c>.f32 <sD>, <sM>", (core, i) -> {
            core.requireFloatingPoint();
            FpCompare.quiet(core.s[i.d], core.s[i.m], core.fpscr);
        });
        e.add("11101110 1 D 11 0100 DDDD 1010 11 M 0 MMMM", "vcmpe<c>.f32 <sD>, <sM>", (core, i) -> {
            core.requireFloatingPoint();
            FpCompare.signalling(core.s[i.d], core.s[i.m], core.fpscr);
        });
        e.add("11101110 1 D 11 0101 DDDD 1010 01 0 0 0000", "vcmp<c>.f32 <sD>, #0.0", (core, i) -> {
            core.requireFloatingPoint();
            FpCompare.quiet(core.s[i.d], 0, core.fpscr);
        });
        e.add("11101110 1 D 11 0101 DDDD 1010 11 0 0 0000", "vcmpe<c>.f32 <sD>, #0.0", (core, i) -> {
            core.requireFloatingPoint();
            FpCompare.signalling(core.s[i.d], 0, core.fpscr);
        });
    }

    private static void halves(EncodingTable e) {
        unary(e, "0010 DDDD 1010 01", "vcvtb<c>.f32.f16 <sD>, <sM>", FpHalf::toSingle);
        unary(e, "0010 DDDD 1010 11", "vcvtt<c>.f32.f16 <sD>, <sM>", (m, fpscr) -> FpHalf.toSingle(m >>> 16, fpscr));
        e.add("11101110 1 D 11 0011 DDDD 1010 01 M 0 MMMM", "vcvtb<c>.f16.f32 <sD>, <sM>", (core, i) -> {
            core.requireFloatingPoint();
            core.s[i.d] = core.s[i.d] & 0xffff_0000 | FpHalf.fromSingle(core.s[i.m], core.fpscr);
        });
        e.add("11101110 1 D 11 0011 DDDD 1010 11 M 0 MMMM", "vcvtt<c>.f16.f32 <sD>, <sM>", (core, i) -> {
            core.requireFloatingPoint();
            core.s[i.d] = core.s[i.d] & 0xffff | FpHalf.fromSingle(core.s[i.m], core.fpscr) << 16;
        });
    }

    /** A conversion of Sd with a number of fraction bits. */
    @FunctionalInterface
    private interface Fixed extends Serializable {
        int of(int d, int fractionBits, Fpscr fpscr);
    }

    private static void fixedPoint(EncodingTable e) {
        fixed(
                e,
                "1010",
                "0",
                "f32.s16",
                16,
                (d, bits, fpscr) -> FpConvert.fromSigned((short) d, bits, Rounding.RN, fpscr));
        fixed(e, "1010", "1", "f32.s32", 32, (d, bits, fpscr) -> FpConvert.fromSigned(d, bits, Rounding.RN, fpscr));
        fixed(
                e,
                "1011",
                "0",
                "f32.u16",
                16,
                (d, bits, fpscr) -> FpConvert.fromUnsigned(d & 0xffff, bits, Rounding.RN, fpscr));
        fixed(e, "1011", "1", "f32.u32", 32, (d, bits, fpscr) -> FpConvert.fromUnsigned(d, bits, Rounding.RN, fpscr));
        fixed(e, "1110", "0", "s16.f32", 16, (d, bits, fpscr) -> FpConvert.toSigned16(d, bits, Rounding.RZ, fpscr));
        fixed(e, "1110", "1", "s32.f32", 32, (d, bits, fpscr) -> FpConvert.toSigned32(d, bits, Rounding.RZ, fpscr));
        fixed(e, "1111", "0", "u16.f32", 16, (d, bits, fpscr) -> FpConvert.toUnsigned16(d, bits, Rounding.RZ, fpscr));
        fixed(e, "1111", "1", "u32.f32", 32, (d, bits, fpscr) -> FpConvert.toUnsigned32(d, bits, Rounding.RZ, fpscr));
    }

    /** Of a size of 16 bits, more than 16 fraction bits are UNPREDICTABLE: as with none. */
    private static void fixed(EncodingTable e, String op, String sx, String types, int size, Fixed operation) {
        e.add(
                "11101110 1 D 11 " + op + " DDDD 1010 " + sx + " 1 w 0 iiii",
                "vcvt<c>." + types + " <sD>, <sD>, #<fbits" + size + ">",
                (core, i) -> {
                    core.requireFloatingPoint();
                    int fractionBits = Math.max(size - (i.i << 1 | i.w), 0);
                    core.s[i.d] = operation.of(core.s[i.d], fractionBits, core.fpscr);
                });
    }
}

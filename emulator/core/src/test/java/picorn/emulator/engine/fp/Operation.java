// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

/** An operation under test beside what it shall do. Operands it does not use are ignored; some take parameters from the second. */
enum Operation {
    ADD(2, (a, b, c, f) -> FpArithmetic.add(a, b, f), (a, b, c, r) -> r.add(a, b)),
    SUB(2, (a, b, c, f) -> FpArithmetic.sub(a, b, f), (a, b, c, r) -> r.sub(a, b)),
    MUL(2, (a, b, c, f) -> FpArithmetic.mul(a, b, f), (a, b, c, r) -> r.mul(a, b)),
    NMUL(2, (a, b, c, f) -> FpArithmetic.nmul(a, b, f), (a, b, c, r) -> neg(r.mul(a, b))),
    DIV(2, (a, b, c, f) -> FpArithmetic.div(a, b, f), (a, b, c, r) -> r.div(a, b)),
    SQRT(1, (a, b, c, f) -> FpArithmetic.sqrt(a, f), (a, b, c, r) -> r.sqrt(a)),
    MLA(3, FpArithmetic::mla, (a, b, c, r) -> r.add(a, r.mul(b, c))),
    MLS(3, FpArithmetic::mls, (a, b, c, r) -> r.add(a, neg(r.mul(b, c)))),
    NMLA(3, FpArithmetic::nmla, (a, b, c, r) -> r.add(neg(a), neg(r.mul(b, c)))),
    NMLS(3, FpArithmetic::nmls, (a, b, c, r) -> r.add(neg(a), r.mul(b, c))),
    FMA(3, FpArithmetic::fma, (a, b, c, r) -> r.fma(a, b, c)),
    FMS(3, FpArithmetic::fms, (a, b, c, r) -> r.fma(a, neg(b), c)),
    FNMA(3, FpArithmetic::fnma, (a, b, c, r) -> r.fma(neg(a), neg(b), c)),
    FNMS(3, FpArithmetic::fnms, (a, b, c, r) -> r.fma(neg(a), b, c)),
    CMP(2, Operation::compareQuiet, (a, b, c, r) -> compare(a, b, false, r)),
    CMPE(2, Operation::compareSignalling, (a, b, c, r) -> compare(a, b, true, r)),
    TO_S32(
            2,
            (a, b, c, f) -> FpConvert.toSigned32(a, fraction(b, 32), rounding(b, f), f),
            (a, b, c, r) -> r.toFixed(a, 32, fraction(b, 32), true, rounding(b, r))),
    TO_U32(
            2,
            (a, b, c, f) -> FpConvert.toUnsigned32(a, fraction(b, 32), rounding(b, f), f),
            (a, b, c, r) -> r.toFixed(a, 32, fraction(b, 32), false, rounding(b, r))),
    TO_S16(
            2,
            (a, b, c, f) -> FpConvert.toSigned16(a, fraction(b, 16), rounding(b, f), f),
            (a, b, c, r) -> r.toFixed(a, 16, fraction(b, 16), true, rounding(b, r))),
    TO_U16(
            2,
            (a, b, c, f) -> FpConvert.toUnsigned16(a, fraction(b, 16), rounding(b, f), f),
            (a, b, c, r) -> r.toFixed(a, 16, fraction(b, 16), false, rounding(b, r))),
    FROM_SIGNED(
            2,
            (a, b, c, f) -> FpConvert.fromSigned(a, fraction(b, 32), rounding(b, f), f),
            (a, b, c, r) -> r.fromFixed(a, fraction(b, 32), rounding(b, r))),
    FROM_UNSIGNED(
            2,
            (a, b, c, f) -> FpConvert.fromUnsigned(a, fraction(b, 32), rounding(b, f), f),
            (a, b, c, r) -> r.fromFixed(a & 0xFFFFFFFFL, fraction(b, 32), rounding(b, r))),
    HALF_TO_SINGLE(1, (a, b, c, f) -> FpHalf.toSingle(a ^ a >>> 16, f), (a, b, c, r) -> r.halfToSingle(a ^ a >>> 16)),
    SINGLE_TO_HALF(1, (a, b, c, f) -> FpHalf.fromSingle(a, f), (a, b, c, r) -> r.singleToHalf(a));

    /** What is tested. */
    @FunctionalInterface
    interface Tested {
        int of(int a, int b, int c, Fpscr fpscr);
    }

    /** What it shall do. */
    @FunctionalInterface
    interface Expected {
        int of(int a, int b, int c, Reference reference);
    }

    private final int operands;
    private final Tested tested;
    private final Expected expected;

    Operation(int operands, Tested tested, Expected expected) {
        this.operands = operands;
        this.tested = tested;
        this.expected = expected;
    }

    int operands() {
        return operands;
    }

    /** A line that says what differs, or an empty one. */
    String difference(int a, int b, int c, int before, Fpscr fpscr) {
        fpscr.set(before);
        int result = tested.of(a, b, c, fpscr);
        Reference reference = new Reference(before);
        int right = expected.of(a, b, c, reference);
        if (result == right && fpscr.get() == reference.fpscr()) {
            return "";
        }
        return "%s %08x %08x %08x under %08x: %08x %08x, not %08x %08x"
                .formatted(this, a, b, c, before, right, reference.fpscr(), result, fpscr.get());
    }

    private static int neg(int a) {
        return Reference.negated(a);
    }

    private static int compareQuiet(int a, int b, int c, Fpscr fpscr) {
        FpCompare.quiet(a, b, fpscr);
        return 0;
    }

    private static int compareSignalling(int a, int b, int c, Fpscr fpscr) {
        FpCompare.signalling(a, b, fpscr);
        return 0;
    }

    private static int compare(int a, int b, boolean quietIsInvalid, Reference reference) {
        reference.compare(a, b, quietIsInvalid);
        return 0;
    }

    /** 0 for half of the numbers, otherwise up to {@code width}. */
    private static int fraction(int parameter, int width) {
        return parameter < 0 ? 0 : (parameter >>> 8) % (width + 1);
    }

    private static Rounding rounding(int parameter, Fpscr fpscr) {
        return (parameter & 1) == 0 ? Rounding.RZ : fpscr.rounding();
    }

    private static int rounding(int parameter, Reference reference) {
        return (parameter & 1) == 0 ? 3 : reference.mode();
    }
}

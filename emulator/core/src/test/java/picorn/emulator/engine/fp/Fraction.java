// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

import java.math.BigInteger;

/** A rational number, exact and not reduced; the denominator is positive. */
record Fraction(BigInteger numerator, BigInteger denominator) {
    static Fraction whole(long value) {
        return new Fraction(BigInteger.valueOf(value), BigInteger.ONE);
    }

    int signum() {
        return numerator.signum();
    }

    Fraction abs() {
        return new Fraction(numerator.abs(), denominator);
    }

    Fraction plus(Fraction other) {
        return new Fraction(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Fraction times(Fraction other) {
        return new Fraction(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    Fraction dividedBy(Fraction other) {
        BigInteger sign = BigInteger.valueOf(other.signum());
        return new Fraction(
                numerator.multiply(other.denominator).multiply(sign),
                denominator.multiply(other.numerator).multiply(sign));
    }

    Fraction timesPowerOfTwo(int power) {
        return power >= 0
                ? new Fraction(numerator.shiftLeft(power), denominator)
                : new Fraction(numerator, denominator.shiftLeft(-power));
    }

    /** The largest whole number that is not greater. */
    BigInteger floor() {
        BigInteger[] parts = numerator.divideAndRemainder(denominator);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    Fraction minus(BigInteger whole) {
        return new Fraction(numerator.subtract(whole.multiply(denominator)), denominator);
    }

    int compareToHalf() {
        return numerator.shiftLeft(1).compareTo(denominator);
    }

    /** The power of two of the leading bit; for numbers above 0. */
    int log2() {
        int guess = numerator.bitLength() - denominator.bitLength();
        boolean reached = guess >= 0
                ? numerator.compareTo(denominator.shiftLeft(guess)) >= 0
                : numerator.shiftLeft(-guess).compareTo(denominator) >= 0;
        return reached ? guess : guess - 1;
    }

    /** The square root: exact, or off by less than 2^-60 of it on the right side of every number of 59 bits. */
    Fraction squareRoot() {
        int power = 120 - log2() + (log2() & 1);
        BigInteger[] root = timesPowerOfTwo(power).floor().sqrtAndRemainder();
        boolean exact = root[1].signum() == 0
                && timesPowerOfTwo(power).minus(timesPowerOfTwo(power).floor()).signum() == 0;
        BigInteger doubled = root[0].shiftLeft(1).add(exact ? BigInteger.ZERO : BigInteger.ONE);
        return new Fraction(doubled, BigInteger.ONE).timesPowerOfTwo(-power / 2 - 1);
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.time;

/**
 * An exact frequency in hertz, as a fraction in lowest terms; 0 is a stopped clock.
 *
 * @param numerator hertz times {@code denominator}, 0 or more
 * @param denominator 1 or more
 */
public record Frequency(long numerator, long denominator) {
    /** A stopped clock. */
    public static final Frequency STOPPED = new Frequency(0, 1);

    /** Reduces the fraction. */
    public Frequency {
        if (numerator < 0 || denominator < 1) {
            throw new IllegalArgumentException("not a frequency: " + numerator + "/" + denominator);
        }
        long divisor = gcd(numerator, denominator);
        numerator /= divisor;
        denominator /= divisor;
    }

    /** So many hertz. */
    public static Frequency hertz(long hertz) {
        return new Frequency(hertz, 1);
    }

    /** This one, {@code factor} times as fast. */
    public Frequency times(long factor) {
        return new Frequency(Math.multiplyExact(numerator, factor), denominator);
    }

    /** This one, {@code divisor} times as slow. */
    public Frequency dividedBy(long divisor) {
        return new Frequency(numerator, Math.multiplyExact(denominator, divisor));
    }

    /** Whether the clock stands still. */
    public boolean isStopped() {
        return numerator == 0;
    }

    /** Hertz, rounded down. */
    public long toHertz() {
        return numerator / denominator;
    }

    static long gcd(long a, long b) {
        return b == 0 ? Math.max(a, 1) : gcd(b, a % b);
    }

    /** These two are written out, since the JVM would first have to make the usual ones, at each start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Frequency frequency
                && numerator == frequency.numerator
                && denominator == frequency.denominator;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(numerator) * 31 + Long.hashCode(denominator);
    }

    @Override
    public String toString() {
        return denominator == 1 ? numerator + " Hz" : "%.3f Hz".formatted((double) numerator / denominator);
    }
}

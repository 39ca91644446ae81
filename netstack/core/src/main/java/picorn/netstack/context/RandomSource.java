// SPDX-License-Identifier: MIT
package picorn.netstack.context;

/** Where a stack draws its identifiers and ports from; a closed run gives it a seed, a run on a real network true randomness. */
@FunctionalInterface
public interface RandomSource {
    /**
     * Draws 32 bits.
     *
     * @return any {@code int}
     */
    int nextInt();

    /**
     * Draws a number below a bound.
     *
     * @param bound 1 or more
     * @return 0 to bound - 1
     */
    default int below(int bound) {
        return (int) ((nextInt() & 0xFFFF_FFFFL) * bound >>> 32);
    }

    /**
     * A source that gives the same numbers for the same seed (SplitMix64).
     *
     * @param seed any number
     * @return the source
     */
    static RandomSource seeded(long seed) {
        return new SplitMix64(seed);
    }
}

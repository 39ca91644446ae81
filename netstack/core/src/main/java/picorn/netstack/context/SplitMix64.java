// SPDX-License-Identifier: MIT
package picorn.netstack.context;

/** The generator SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014). */
final class SplitMix64 implements RandomSource {
    private long state;

    SplitMix64(long seed) {
        state = seed;
    }

    @Override
    public int nextInt() {
        state += 0x9E37_79B9_7F4A_7C15L;
        long z = (state ^ state >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return (int) ((z ^ z >>> 31) >>> 32);
    }
}

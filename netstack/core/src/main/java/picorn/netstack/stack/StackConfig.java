// SPDX-License-Identifier: MIT
package picorn.netstack.stack;

import picorn.netstack.context.RandomSource;

/**
 * What a stack is made of.
 *
 * <pre>{@code
 * new Stack(StackConfig.named("gateway").seed(1).memory(64 * 1024));
 * }</pre>
 *
 * @param name in reports
 * @param random where identifiers and ports are drawn from
 * @param memory octets that all its buffers, queues and tables may take together
 */
public record StackConfig(String name, RandomSource random, long memory) {
    private static final long DEFAULT_MEMORY = 256 * 1024;

    /**
     * A stack with 256 KiB and the random numbers of seed 0.
     *
     * @param name in reports
     * @return the configuration
     */
    public static StackConfig named(String name) {
        return new StackConfig(name, RandomSource.seeded(0), DEFAULT_MEMORY);
    }

    /**
     * The same with other random numbers, always the same for a seed.
     *
     * @param seed any number
     * @return the configuration
     */
    public StackConfig seed(long seed) {
        return random(RandomSource.seeded(seed));
    }

    /**
     * The same with another source of random numbers.
     *
     * @param source for a stack on a real network, one that nobody can foretell
     * @return the configuration
     */
    public StackConfig random(RandomSource source) {
        return new StackConfig(name, source, memory);
    }

    /**
     * The same with another budget.
     *
     * @param octets 0 or more
     * @return the configuration
     */
    public StackConfig memory(long octets) {
        return new StackConfig(name, random, octets);
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.link;

/**
 * What an {@link Impairment} does to frames.
 *
 * <pre>{@code
 * ImpairmentConfig.parse("loss=1%,delay=20ms,jitter=5ms,reorder=5%,duplicate=1%,corrupt=0.1%,rate=10M");
 * }</pre>
 *
 * @param loss frames in a million that vanish
 * @param duplicate frames in a million that arrive twice
 * @param reorder frames in a million that are held back, so that later ones overtake them
 * @param corrupt frames in a million of which one bit is turned over
 * @param delay nanoseconds that each frame takes
 * @param jitter nanoseconds by which the delay varies to either side; frames keep their order
 * @param rate bits in a second, or 0 for no limit
 * @param limit frames that may be under way; those beyond it are dropped
 */
public record ImpairmentConfig(
        int loss, int duplicate, int reorder, int corrupt, long delay, long jitter, long rate, int limit) {
    /** Nothing happens to frames. */
    public static final ImpairmentConfig NONE = new ImpairmentConfig(0, 0, 0, 0, 0, 0, 0, 1000);

    /** Of so many frames shares are counted. */
    static final int MILLION = 1_000_000;

    /**
     * A configuration.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public ImpairmentConfig {
        for (int share : new int[] {loss, duplicate, reorder, corrupt}) {
            if (share < 0 || share > MILLION) {
                throw new IllegalArgumentException("a share is 0 to 1000000 frames in a million, not " + share);
            }
        }
        if (delay < 0 || jitter < 0 || rate < 0 || limit < 1) {
            throw new IllegalArgumentException("delay, jitter and rate are 0 or more, the limit 1 or more");
        }
    }

    /**
     * Reads a description: keys and values, separated by commas.
     *
     * @param text for example {@code loss=1%,delay=20ms,rate=10M}; shares in percent, times in ns, us, ms or s, rates in bit/s with
     *     k, M or G, the limit in frames; empty for no impairment
     * @return the configuration
     * @throws IllegalArgumentException with one line that says what is wrong, where, and what would be right
     */
    public static ImpairmentConfig parse(String text) {
        return new ImpairmentText(text).config();
    }

    /**
     * The same with another loss.
     *
     * @param share frames in a million
     * @return the configuration
     */
    public ImpairmentConfig loss(int share) {
        return shares(share, duplicate, reorder, corrupt);
    }

    /**
     * The same with other duplication.
     *
     * @param share frames in a million
     * @return the configuration
     */
    public ImpairmentConfig duplicate(int share) {
        return shares(loss, share, reorder, corrupt);
    }

    /**
     * The same with other reordering.
     *
     * @param share frames in a million
     * @return the configuration
     */
    public ImpairmentConfig reorder(int share) {
        return shares(loss, duplicate, share, corrupt);
    }

    /**
     * The same with other corruption.
     *
     * @param share frames in a million
     * @return the configuration
     */
    public ImpairmentConfig corrupt(int share) {
        return shares(loss, duplicate, reorder, share);
    }

    /**
     * The same with another delay.
     *
     * @param nanoseconds 0 or more
     * @return the configuration
     */
    public ImpairmentConfig delay(long nanoseconds) {
        return timed(nanoseconds, jitter, rate, limit);
    }

    /**
     * The same with another variation of the delay.
     *
     * @param nanoseconds to either side, 0 or more
     * @return the configuration
     */
    public ImpairmentConfig jitter(long nanoseconds) {
        return timed(delay, nanoseconds, rate, limit);
    }

    /**
     * The same with another rate.
     *
     * @param bitsPerSecond 1 or more, or 0 for no limit
     * @return the configuration
     */
    public ImpairmentConfig rate(long bitsPerSecond) {
        return timed(delay, jitter, bitsPerSecond, limit);
    }

    /**
     * The same with another limit.
     *
     * @param frames that may be under way, 1 or more
     * @return the configuration
     */
    public ImpairmentConfig limit(int frames) {
        return timed(delay, jitter, rate, frames);
    }

    private ImpairmentConfig shares(int lost, int doubled, int late, int wrong) {
        return new ImpairmentConfig(lost, doubled, late, wrong, delay, jitter, rate, limit);
    }

    private ImpairmentConfig timed(long each, long more, long bitsPerSecond, int most) {
        return new ImpairmentConfig(loss, duplicate, reorder, corrupt, each, more, bitsPerSecond, most);
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.link;

import picorn.netstack.context.RandomSource;
import picorn.netstack.context.Timed;

/**
 * A bad stretch of a link in one direction: loses, doubles, corrupts, delays, holds back and throttles frames, always the same
 * ones for the same seed. It stands before whatever takes frames, and is driven like a wire.
 *
 * <pre>{@code
 * Impairment bad = new Impairment(ImpairmentConfig.parse("loss=1%,delay=20ms"), 7, wire.b());
 * Stack stack = new Stack(StackConfig.named("host"));
 * stack.attach(config, bad);                                // frames of the stack go through it
 * new Network(wire, bad, stack).poll(now);
 * }</pre>
 */
public final class Impairment implements FrameReceiver, Timed {
    private static final int MILLION = 1_000_000;
    private static final long LEAST_HOLD = 1_000_000;

    private final ImpairmentConfig config;
    private final RandomSource random;
    private final FrameReceiver next;
    private final DelayQueue queue;
    private final byte[] corrupted = new byte[2048];
    private long idleAt;
    private long lastDue;
    private boolean delivering;
    private long lost;
    private long duplicated;
    private long reordered;
    private long corruptions;
    private long overflowed;

    /**
     * A bad stretch.
     *
     * @param config what it does
     * @param seed chooses the frames
     * @param next who takes what is left, from within {@link #poll}
     */
    public Impairment(ImpairmentConfig config, long seed, FrameReceiver next) {
        this.config = config;
        this.random = RandomSource.seeded(seed);
        this.next = next;
        queue = new DelayQueue(config.limit());
    }

    @Override
    public void receive(byte[] frame, int offset, int length, long now) {
        if (hits(config.loss())) {
            lost++;
            return;
        }
        if (hits(config.duplicate())) {
            duplicated++;
            pass(frame, offset, length, now);
        }
        if (hits(config.corrupt()) && length > 0 && length <= corrupted.length) {
            corruptions++;
            System.arraycopy(frame, offset, corrupted, 0, length);
            int bit = random.below(8 * length);
            corrupted[bit / 8] ^= (byte) (1 << bit % 8);
            pass(corrupted, 0, length, now);
        } else {
            pass(frame, offset, length, now);
        }
    }

    // Even nothing takes a nanosecond, so that a stack is never called from within its own output.
    private void pass(byte[] frame, int offset, int length, long now) {
        long sent = Math.max(idleAt, now) + serialization(length);
        long due = Math.max(lastDue, sent + Math.max(1, config.delay() + varied()));
        if (hits(config.reorder())) {
            due += 1 + below(Math.max(config.delay(), LEAST_HOLD));
            reordered++;
        } else {
            lastDue = due;
        }
        if (queue.add(frame, offset, length, due)) {
            idleAt = sent;
        } else {
            overflowed++;
        }
    }

    private long serialization(int length) {
        return config.rate() == 0 ? 0 : (8L * length * 1_000_000_000L + config.rate() - 1) / config.rate();
    }

    private long varied() {
        return config.jitter() == 0 ? 0 : below(2 * config.jitter() + 1) - config.jitter();
    }

    private long below(long bound) {
        return Math.floorMod((long) random.nextInt() << 32 | random.nextInt() & 0xFFFF_FFFFL, bound);
    }

    private boolean hits(int share) {
        return share > 0 && random.below(MILLION) < share;
    }

    @Override
    public long deadline() {
        return queue.deadline();
    }

    /** Delivers what is due, each frame with its own time; a call from within a delivery leaves the rest to the one in progress. */
    @Override
    public long poll(long now) {
        if (!delivering) {
            delivering = true;
            try {
                while (queue.deadline() <= now && queue.deadline() != NEVER) {
                    queue.deliverTo(next);
                }
            } finally {
                delivering = false;
            }
        }
        return deadline();
    }

    /**
     * Frames that vanished.
     *
     * @return a count
     */
    public long lost() {
        return lost;
    }

    /**
     * Frames that were sent on twice.
     *
     * @return a count
     */
    public long duplicated() {
        return duplicated;
    }

    /**
     * Frames that were held back.
     *
     * @return a count
     */
    public long reordered() {
        return reordered;
    }

    /**
     * Frames of which a bit was turned over.
     *
     * @return a count
     */
    public long corrupted() {
        return corruptions;
    }

    /**
     * Frames dropped since too many were under way, or they were too long for any Ethernet.
     *
     * @return a count
     */
    public long overflowed() {
        return overflowed;
    }
}

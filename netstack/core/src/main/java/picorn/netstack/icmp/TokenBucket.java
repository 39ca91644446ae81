// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

/** Lets a burst through and then so many a second (RFC 1812, section 4.3.2.8). */
final class TokenBucket {
    private final int burst;
    private final long interval;
    private long tokens;
    private long filledAt;

    TokenBucket(int burst, int perSecond) {
        this.burst = burst;
        interval = 1_000_000_000L / perSecond;
        tokens = burst;
    }

    boolean take(long now) {
        long earned = (now - filledAt) / interval;
        tokens = Math.min(burst, tokens + earned);
        filledAt += earned * interval;
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import java.util.EnumSet;
import java.util.Set;
import picorn.netstack.context.Timed;

/**
 * How connections behave.
 *
 * <pre>{@code
 * TcpConfig config = TcpConfig.DEFAULT.receiveBuffer(16 * 1024).with(TcpFeature.NO_DELAY).without(TcpFeature.ECN);
 * }</pre>
 *
 * @param receiveBuffer octets that may wait for the reader; the largest window offered
 * @param sendBuffer octets that may wait for acknowledgment
 * @param backlog connections of a listener that may wait to be accepted
 * @param congestion how the network's share is found
 * @param features what is done and offered
 * @param keepAlive probes of idle connections
 * @param userTimeout nanoseconds for which the peer may leave data unacknowledged (RFC 9293, section 3.8.3, R2)
 * @param linger nanoseconds for which {@code close} goes on delivering what is unacknowledged; then the connection is
 *     reset, at once if 0; {@link Timed#NEVER} for as long as the user timeout allows
 */
public record TcpConfig(
        int receiveBuffer,
        int sendBuffer,
        int backlog,
        CongestionAlgorithm congestion,
        Set<TcpFeature> features,
        KeepAlive keepAlive,
        long userTimeout,
        long linger) {
    /** Buffers of 32 KiB, a backlog of 16, CUBIC, everything offered, Nagle, no keep-alive, five minutes' user timeout. */
    public static final TcpConfig DEFAULT = new TcpConfig(
            32 * 1024,
            32 * 1024,
            16,
            CongestionAlgorithm.CUBIC,
            EnumSet.range(TcpFeature.SACK, TcpFeature.ECN),
            KeepAlive.OFF,
            300_000_000_000L,
            Timed.NEVER);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is impossible
     */
    public TcpConfig {
        if (receiveBuffer < 1 || sendBuffer < 1 || receiveBuffer > 1 << 28 || sendBuffer > 1 << 28) {
            throw new IllegalArgumentException(
                    "a TCP buffer has 1 octet to 256 MiB, not " + receiveBuffer + " and " + sendBuffer);
        }
        if (backlog < 1 || userTimeout < 1 || linger < 0) {
            throw new IllegalArgumentException("a backlog and a user timeout are 1 or more, a linger time 0 or more");
        }
        features = Set.copyOf(features);
    }

    /**
     * The same with another receive buffer.
     *
     * @param octets 1 or more
     * @return the configuration
     */
    public TcpConfig receiveBuffer(int octets) {
        return sized(octets, sendBuffer, backlog);
    }

    /**
     * The same with another send buffer.
     *
     * @param octets 1 or more
     * @return the configuration
     */
    public TcpConfig sendBuffer(int octets) {
        return sized(receiveBuffer, octets, backlog);
    }

    /**
     * The same with another backlog.
     *
     * @param connections 1 or more
     * @return the configuration
     */
    public TcpConfig backlog(int connections) {
        return sized(receiveBuffer, sendBuffer, connections);
    }

    /**
     * The same with another congestion control.
     *
     * @param algorithm the algorithm
     * @return the configuration
     */
    public TcpConfig congestion(CongestionAlgorithm algorithm) {
        return new TcpConfig(receiveBuffer, sendBuffer, backlog, algorithm, features, keepAlive, userTimeout, linger);
    }

    /**
     * The same with other keep-alive probes.
     *
     * @param probes when they are sent
     * @return the configuration
     */
    public TcpConfig keepAlive(KeepAlive probes) {
        return timed(probes, userTimeout, linger);
    }

    /**
     * The same with another user timeout.
     *
     * @param nanoseconds 1 or more
     * @return the configuration
     */
    public TcpConfig userTimeout(long nanoseconds) {
        return timed(keepAlive, nanoseconds, linger);
    }

    /**
     * The same with another linger time.
     *
     * @param nanoseconds 0 or more
     * @return the configuration
     */
    public TcpConfig linger(long nanoseconds) {
        return timed(keepAlive, userTimeout, nanoseconds);
    }

    /**
     * The same with a feature.
     *
     * @param feature what is to be done or offered
     * @return the configuration
     */
    public TcpConfig with(TcpFeature feature) {
        EnumSet<TcpFeature> more = EnumSet.of(feature);
        more.addAll(features);
        return features(more);
    }

    /**
     * The same without a feature.
     *
     * @param feature what is not to be done or offered
     * @return the configuration
     */
    public TcpConfig without(TcpFeature feature) {
        EnumSet<TcpFeature> less = EnumSet.of(feature);
        less.addAll(features);
        less.remove(feature);
        return features(less);
    }

    /**
     * The same with other features.
     *
     * @param all what is done and offered
     * @return the configuration
     */
    public TcpConfig features(Set<TcpFeature> all) {
        return new TcpConfig(receiveBuffer, sendBuffer, backlog, congestion, all, keepAlive, userTimeout, linger);
    }

    private TcpConfig sized(int receive, int send, int waiting) {
        return new TcpConfig(receive, send, waiting, congestion, features, keepAlive, userTimeout, linger);
    }

    private TcpConfig timed(KeepAlive probes, long patience, long lingering) {
        return new TcpConfig(receiveBuffer, sendBuffer, backlog, congestion, features, probes, patience, lingering);
    }

    boolean has(TcpFeature feature) {
        return features.contains(feature);
    }
}

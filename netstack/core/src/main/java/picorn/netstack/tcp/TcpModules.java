// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import picorn.netstack.context.StackContext;
import picorn.netstack.tcp.control.CongestionControl;
import picorn.netstack.tcp.control.Cubic;
import picorn.netstack.tcp.control.NewReno;
import picorn.netstack.tcp.control.NoCongestionControl;

/**
 * The parts of TCP that a stack may leave out; the classes of what is left out are not loaded. What a connection's configuration
 * asks for beyond the stack's parts it goes without.
 *
 * <pre>{@code
 * TcpModules small = TcpModules.minimal().withSack();
 * }</pre>
 */
public final class TcpModules {
    /** Octets of the largest congestion control. */
    private static final int CONGESTION_MEMORY = 88;

    private final Set<TcpFeature> features;
    private final Supplier<CongestionControl> cubic;
    private final BiFunction<Connection, CongestionControl, Recovery> recovery;
    private final int recoveryMemory;
    private final BiFunction<Tcp, StackContext, SynDefence> defence;

    private TcpModules(
            Set<TcpFeature> features,
            Supplier<CongestionControl> cubic,
            BiFunction<Connection, CongestionControl, Recovery> recovery,
            int recoveryMemory,
            BiFunction<Tcp, StackContext, SynDefence> defence) {
        this.features = features;
        this.cubic = cubic;
        this.recovery = recovery;
        this.recoveryMemory = recoveryMemory;
        this.defence = defence;
    }

    /**
     * As little as possible: what RFC 9293 demands, window scaling, and New Reno.
     *
     * @return modules to which others can be added
     */
    public static TcpModules minimal() {
        return new TcpModules(
                EnumSet.of(TcpFeature.NO_DELAY, TcpFeature.WINDOW_SCALING),
                NewReno::new,
                NewRenoRecovery::new,
                NewRenoRecovery.MEMORY,
                (tcp, context) -> new SynDefence());
    }

    /**
     * Everything.
     *
     * @return all modules
     */
    public static TcpModules full() {
        return minimal()
                .withCubic()
                .withRackTlp()
                .withTimestamps()
                .withSynCookies()
                .withEcn();
    }

    /**
     * Adds CUBIC (RFC 9438), for connections that ask for it.
     *
     * @return these modules and that
     */
    public TcpModules withCubic() {
        return new TcpModules(features, Cubic::new, recovery, recoveryMemory, defence);
    }

    /**
     * Adds selective acknowledgments (RFC 2018, RFC 2883) and the recovery that they allow (RFC 6675), for connections that ask
     * for them.
     *
     * @return these modules and that
     */
    public TcpModules withSack() {
        return withSack(LossDetection::recovery, LossDetection.MEMORY);
    }

    /**
     * Adds selective acknowledgments with loss detection by time, tail loss probes (RFC 8985) and proportional rate reduction
     * (RFC 6937).
     *
     * @return these modules and those
     */
    public TcpModules withRackTlp() {
        return withSack(RackTlp::recovery, RackTlp.MEMORY);
    }

    private TcpModules withSack(BiFunction<Connection, CongestionControl, Recovery> scoreboard, int detectionMemory) {
        int memory = ScoreboardRecovery.MEMORY + detectionMemory;
        return new TcpModules(with(TcpFeature.SACK), cubic, scoreboard, memory, defence);
    }

    /**
     * Adds timestamps and the protection against old segments that they allow (RFC 7323), for connections that ask for them.
     *
     * @return these modules and that
     */
    public TcpModules withTimestamps() {
        return new TcpModules(with(TcpFeature.TIMESTAMPS), cubic, recovery, recoveryMemory, defence);
    }

    /**
     * Adds SYN cookies (RFC 4987) for listeners under pressure.
     *
     * @return these modules and that
     */
    public TcpModules withSynCookies() {
        return new TcpModules(features, cubic, recovery, recoveryMemory, SynCookies::new);
    }

    /**
     * Adds explicit congestion notification (RFC 3168), for connections that ask for it.
     *
     * @return these modules and that
     */
    public TcpModules withEcn() {
        return new TcpModules(with(TcpFeature.ECN), cubic, recovery, recoveryMemory, defence);
    }

    private Set<TcpFeature> with(TcpFeature feature) {
        EnumSet<TcpFeature> more = EnumSet.of(feature);
        more.addAll(features);
        return more;
    }

    boolean has(TcpFeature feature) {
        return features.contains(feature);
    }

    Recovery recovery(Connection c) {
        return recovery.apply(c, congestion(c.config.congestion()));
    }

    private CongestionControl congestion(CongestionAlgorithm algorithm) {
        if (algorithm == CongestionAlgorithm.NONE) {
            return NoCongestionControl.INSTANCE;
        }
        return algorithm == CongestionAlgorithm.CUBIC ? cubic.get() : new NewReno();
    }

    SynDefence defence(Tcp tcp, StackContext context) {
        return defence.apply(tcp, context);
    }

    /** Octets that a connection's modules take. */
    int memory() {
        return CONGESTION_MEMORY + recoveryMemory;
    }
}

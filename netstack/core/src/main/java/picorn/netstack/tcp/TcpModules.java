// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import java.util.function.BiFunction;
import java.util.function.Supplier;
import picorn.netstack.context.StackContext;
import picorn.netstack.tcp.control.CongestionControl;
import picorn.netstack.tcp.control.Cubic;
import picorn.netstack.tcp.control.NewReno;
import picorn.netstack.tcp.control.NoCongestionControl;

/**
 * The parts of TCP that a stack may leave out; the classes of what is left out are not loaded.
 *
 * <pre>{@code
 * TcpModules small = TcpModules.minimal().withRackTlp();
 * }</pre>
 */
public final class TcpModules {
    /** Octets of the largest congestion control. */
    private static final int CONGESTION_MEMORY = 88;

    private Supplier<CongestionControl> cubic = NewReno::new;
    private Supplier<LossDetection> detection = LossDetection::new;
    private int detectionMemory = LossDetection.MEMORY;
    private BiFunction<Tcp, StackContext, SynDefence> defence = (tcp, context) -> new SynDefence();
    private boolean ecn;

    private TcpModules() {}

    /**
     * As little as possible: New Reno and three duplicates, whatever a connection's configuration asks for.
     *
     * @return modules to which others can be added
     */
    public static TcpModules minimal() {
        return new TcpModules();
    }

    /**
     * Everything.
     *
     * @return all modules
     */
    public static TcpModules full() {
        return minimal().withCubic().withRackTlp().withSynCookies().withEcn();
    }

    /**
     * Adds CUBIC (RFC 9438), for connections that ask for it.
     *
     * @return this
     */
    public TcpModules withCubic() {
        cubic = Cubic::new;
        return this;
    }

    /**
     * Adds loss detection by time, tail loss probes (RFC 8985) and proportional rate reduction (RFC 6937).
     *
     * @return this
     */
    public TcpModules withRackTlp() {
        detection = RackTlp::new;
        detectionMemory = RackTlp.MEMORY;
        return this;
    }

    /**
     * Adds SYN cookies (RFC 4987) for listeners under pressure.
     *
     * @return this
     */
    public TcpModules withSynCookies() {
        defence = SynCookies::new;
        return this;
    }

    /**
     * Adds explicit congestion notification (RFC 3168), for connections that ask for it.
     *
     * @return this
     */
    public TcpModules withEcn() {
        ecn = true;
        return this;
    }

    CongestionControl congestion(CongestionAlgorithm algorithm) {
        if (algorithm == CongestionAlgorithm.NONE) {
            return NoCongestionControl.INSTANCE;
        }
        return algorithm == CongestionAlgorithm.CUBIC ? cubic.get() : new NewReno();
    }

    LossDetection detection() {
        return detection.get();
    }

    SynDefence defence(Tcp tcp, StackContext context) {
        return defence.apply(tcp, context);
    }

    boolean hasEcn() {
        return ecn;
    }

    /** Octets that a connection's modules take. */
    int memory() {
        return CONGESTION_MEMORY + detectionMemory;
    }
}

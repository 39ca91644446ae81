// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import java.util.function.Supplier;
import picorn.netstack.tcp.control.CongestionControl;
import picorn.netstack.tcp.control.Cubic;
import picorn.netstack.tcp.control.NewReno;
import picorn.netstack.tcp.control.NoCongestionControl;

/**
 * The parts of TCP that a stack may leave out; the classes of what is left out are not loaded.
 *
 * <pre>{@code
 * TcpModules small = TcpModules.MINIMAL.withRackTlp();
 * }</pre>
 */
public final class TcpModules {
    /** New Reno and three duplicates, whatever a connection's configuration asks for. */
    public static final TcpModules MINIMAL = new TcpModules(NewReno::new, LossDetection::new, LossDetection.MEMORY);

    private final Supplier<CongestionControl> cubic;
    private final Supplier<LossDetection> detection;
    private final int detectionMemory;

    private TcpModules(Supplier<CongestionControl> cubic, Supplier<LossDetection> detection, int detectionMemory) {
        this.cubic = cubic;
        this.detection = detection;
        this.detectionMemory = detectionMemory;
    }

    /**
     * Everything.
     *
     * @return all modules
     */
    public static TcpModules full() {
        return MINIMAL.withCubic().withRackTlp();
    }

    /**
     * The same with CUBIC (RFC 9438), for connections that ask for it.
     *
     * @return the modules
     */
    public TcpModules withCubic() {
        return new TcpModules(Cubic::new, detection, detectionMemory);
    }

    /**
     * The same with loss detection by time, tail loss probes (RFC 8985) and proportional rate reduction (RFC 6937).
     *
     * @return the modules
     */
    public TcpModules withRackTlp() {
        return new TcpModules(cubic, RackTlp::new, RackTlp.MEMORY);
    }

    CongestionControl congestion(CongestionAlgorithm algorithm) {
        return switch (algorithm) {
            case CUBIC -> cubic.get();
            case NEW_RENO -> new NewReno();
            case NONE -> NoCongestionControl.INSTANCE;
        };
    }

    LossDetection detection() {
        return detection.get();
    }

    /** Octets that a connection's modules take. */
    int memory() {
        return 80 + detectionMemory;
    }
}

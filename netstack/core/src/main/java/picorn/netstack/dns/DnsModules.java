// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import java.util.function.BiFunction;
import java.util.function.Function;
import picorn.netstack.context.StackContext;
import picorn.netstack.tcp.Tcp;

/**
 * The parts of the DNS client that a stack may leave out; the classes of what is left out are not loaded.
 *
 * <pre>{@code
 * DnsModules small = DnsModules.minimal().withMemory();
 * }</pre>
 */
public final class DnsModules {
    private final Function<StackContext, DnsMemory> memory;
    private final BiFunction<StackContext, Tcp, DnsFallback> fallback;

    private DnsModules(Function<StackContext, DnsMemory> memory, BiFunction<StackContext, Tcp, DnsFallback> fallback) {
        this.memory = memory;
        this.fallback = fallback;
    }

    /**
     * A client that asks anew for each lookup, and fails those whose answers do not fit into a datagram
     * ({@link DnsFailure#TRUNCATED}).
     *
     * @return modules to which others can be added
     */
    public static DnsModules minimal() {
        return new DnsModules(
                context -> new DnsMemory(),
                (context, tcp) -> (exchange, server) -> exchange.refused(DnsFailure.TRUNCATED));
    }

    /**
     * Everything.
     *
     * @return all modules
     */
    public static DnsModules full() {
        return new DnsModules(DnsCache::new, DnsOverTcp::new);
    }

    /**
     * Adds a cache (RFC 1034, section 5.3.3; RFC 2308).
     *
     * @return these modules and that
     */
    public DnsModules withMemory() {
        return new DnsModules(DnsCache::new, fallback);
    }

    /**
     * Adds TCP for answers that do not fit into a datagram (RFC 7766).
     *
     * @return these modules and that
     */
    public DnsModules withTcp() {
        return new DnsModules(memory, DnsOverTcp::new);
    }

    DnsMemory memory(StackContext context) {
        return memory.apply(context);
    }

    DnsFallback fallback(StackContext context, Tcp tcp) {
        return fallback.apply(context, tcp);
    }
}

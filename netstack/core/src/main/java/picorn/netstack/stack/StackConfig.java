// SPDX-License-Identifier: MIT
package picorn.netstack.stack;

import java.util.List;
import picorn.netstack.context.RandomSource;
import picorn.netstack.dns.DnsModules;
import picorn.netstack.ip.IpModule;
import picorn.netstack.tcp.TcpModules;

/**
 * What a stack is made of. There are three sizes, which can be altered: what is left out is never loaded.
 *
 * <pre>{@code
 * new Stack(StackConfig.minimal().called("sensor").seed(1).memory(64 * 1024));
 * new Stack(StackConfig.minimal().modules(List.of(Reassembler::join)));
 * }</pre>
 *
 * @param name in reports
 * @param random where identifiers and ports are drawn from
 * @param memory octets that all its buffers, queues and tables may take together
 * @param modules the parts of the Internet protocol beyond those that every host has
 * @param tcp the parts of TCP beyond those
 * @param dns the parts of the DNS client beyond those
 */
public record StackConfig(
        String name, RandomSource random, long memory, List<IpModule> modules, TcpModules tcp, DnsModules dns) {
    private static final long DEFAULT_MEMORY = 256 * 1024;

    /**
     * Everything that the stack has: what {@link #named} has, and forwarding, which makes a router of it.
     *
     * @return the configuration, with 256 KiB and the random numbers of seed 0
     */
    public static StackConfig full() {
        return of("full", StackModules.router());
    }

    /**
     * A host with everything that hosts have: what {@link #client()} has, and IPv4 options, redirects, multicast groups and raw
     * sockets.
     *
     * @param name in reports
     * @return the configuration, with 256 KiB and the random numbers of seed 0
     */
    public static StackConfig named(String name) {
        return of(name, StackModules.host());
    }

    /**
     * What the programs of an ordinary host need: what {@link #minimal()} has, and fragments, paths' MTUs,
     * loopback, CUBIC and RACK-TLP.
     *
     * @return the configuration, with 256 KiB and the random numbers of seed 0
     */
    public static StackConfig client() {
        return of("client", StackModules.client());
    }

    /**
     * Ethernet, ARP, IPv4, ICMP, UDP, TCP with New Reno, and the DNS client, and nothing else.
     *
     * @return the configuration, with 256 KiB and the random numbers of seed 0
     */
    public static StackConfig minimal() {
        return new StackConfig(
                "minimal",
                RandomSource.seeded(0),
                DEFAULT_MEMORY,
                List.of(),
                TcpModules.minimal(),
                DnsModules.minimal());
    }

    private static StackConfig of(String name, List<IpModule> modules) {
        return minimal().called(name).modules(modules).tcp(TcpModules.full()).dns(DnsModules.full());
    }

    /**
     * The same under another name.
     *
     * @param name in reports
     * @return the configuration
     */
    public StackConfig called(String name) {
        return new StackConfig(name, random, memory, modules, tcp, dns);
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
        return new StackConfig(name, source, memory, modules, tcp, dns);
    }

    /**
     * The same with another budget.
     *
     * @param octets 0 or more
     * @return the configuration
     */
    public StackConfig memory(long octets) {
        return new StackConfig(name, random, octets, modules, tcp, dns);
    }

    /**
     * The same with other modules.
     *
     * @param parts those that {@link IpModule} lists, or some of them
     * @return the configuration
     */
    public StackConfig modules(List<IpModule> parts) {
        return new StackConfig(name, random, memory, List.copyOf(parts), tcp, dns);
    }

    /**
     * The same with other parts of TCP.
     *
     * @param parts for example {@code TcpModules.minimal().withCubic()}
     * @return the configuration
     */
    public StackConfig tcp(TcpModules parts) {
        return new StackConfig(name, random, memory, modules, parts, dns);
    }

    /**
     * The same with other parts of the DNS client.
     *
     * @param parts for example {@code DnsModules.minimal().withTcp()}
     * @return the configuration
     */
    public StackConfig dns(DnsModules parts) {
        return new StackConfig(name, random, memory, modules, tcp, parts);
    }
}

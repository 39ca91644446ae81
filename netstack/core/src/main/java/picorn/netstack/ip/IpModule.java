// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

/**
 * A part of the Internet protocol that a configuration may leave out; what is left out is never loaded. Each part is a static
 * method of its class that makes one for a stack, sets it into the hooks of {@link Ipv4}, and returns it:
 *
 * <table>
 * <caption>parts, and what a stack does without them</caption>
 * <tr><td>{@code Reassembler::join}</td><td>drops fragments ({@code ipv4.fragment})</td></tr>
 * <tr><td>{@code Fragmenter::join}</td><td>says {@link SendResult#TOO_LARGE} to datagrams beyond the MTU</td></tr>
 * <tr><td>{@code Forwarder::join}</td><td>drops packets to others ({@code ipv4.not-for-us})</td></tr>
 * <tr><td>{@code Interception::join}, in place of {@code Forwarder}</td><td>does not answer for other hosts</td></tr>
 * <tr><td>{@code PathMtuCache::join}</td><td>takes the link's MTU for the path's; TCP must heed {@link ErrorKind#TOO_BIG} itself</td></tr>
 * <tr><td>{@code OptionProcessor::join}</td><td>skips options of received packets</td></tr>
 * <tr><td>{@code Redirects::join}</td><td>ignores redirects</td></tr>
 * <tr><td>{@code picorn.netstack.loopback.LoopbackInterface::join}</td><td>does not reach itself</td></tr>
 * <tr><td>{@code picorn.netstack.igmp.Igmp::join}</td><td>sends to multicast groups but is in none</td></tr>
 * <tr><td>{@code picorn.netstack.raw.RawSockets::join}</td><td>has no raw sockets</td></tr>
 * </table>
 *
 * <p>So {@code minimal} joins none of them, or {@code PathMtuCache} alone; {@code full} all. Link-local addresses
 * ({@code picorn.netstack.arp.LinkLocal}), address claims ({@code AddressClaim}) and VLANs
 * ({@code EthernetInterface.vlan(..)}) stand on an interface and are loaded when one is made.
 *
 * <pre>{@code
 * List<IpModule> client = List.of(Reassembler::join, Fragmenter::join, PathMtuCache::join, LoopbackInterface::join);
 * client.forEach(module -> module.join(stack.ipv4()));
 * RawSockets raw = RawSockets.join(stack.ipv4());
 * }</pre>
 */
@FunctionalInterface
public interface IpModule {
    /**
     * Joins a stack.
     *
     * @param ipv4 the stack's IPv4, to which it may be joined once
     */
    void join(Ipv4 ipv4);
}

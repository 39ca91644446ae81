// SPDX-License-Identifier: MIT
/**
 * The host's sockets behind a gateway: what the clients of a {@link picorn.netstack.service.UserGateway} send to other hosts goes out
 * through sockets of this host, and forwarded ports of this host lead in.
 *
 * <p>There are two sides. {@link picorn.netstack.host.flow.HostGateway} is on the thread of the stack, {@code HostSockets} on a thread
 * of its own. They share nothing but messages: orders go out by a queue, events come in by an
 * {@link picorn.netstack.host.flow.EventSink}. Each octet of a connection needs credit of the side that it goes to, so that nothing
 * grows if one side is slow.
 */
package picorn.netstack.host.flow;

// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.context.Timed;
import picorn.netstack.ip.ErrorKind;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.octets.Octets;
import picorn.netstack.service.UserGateway;
import picorn.netstack.stack.Stack;
import picorn.netstack.udp.UdpInterceptor;

/** The exchanges of datagrams between the guest and the host; those that nobody uses for a while end (RFC 4787, section 4.3). */
final class HostDatagramFlows implements UdpInterceptor, Timed {
    private static final long IDLE = 120_000_000_000L;
    private static final int GATEWAY = UserGateway.ADDRESS.address().bits();
    /** Ports of the gateway's as which the peers of forwarded ports appear. */
    private static final int FIRST_PORT = 32768;

    private static final int PORTS = 16384;

    private final HostGateway gateway;
    private final HostRoutes routes;
    private final Stack stack;
    /** Those that were used longest ago come first. */
    private final Map<GuestDatagrams.Key, GuestDatagrams> byKey = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<Integer, GuestDatagrams> byNumber = new HashMap<>();
    private int latestPort;

    HostDatagramFlows(HostGateway gateway, HostRoutes routes, Stack stack) {
        this.gateway = gateway;
        this.routes = routes;
        this.stack = stack;
    }

    int size() {
        return byNumber.size();
    }

    @Override
    public boolean received(IpPacket packet, int fromPort, int toPort, Octets data) {
        int guest = packet.addresses().sourceIpv4();
        int peer = packet.addresses().destinationIpv4();
        if (fromPort == 0 || !UserGateway.ADDRESS.contains(guest)) {
            return true; // nobody could answer: dropped
        }
        GuestDatagrams.Key key = new GuestDatagrams.Key(guest, fromPort, peer, toPort);
        byte[] octets = data.toArray();
        Optional<byte[]> known =
                peer == GATEWAY && toPort == HostRoutes.DNS ? LocalNames.answer(octets) : Optional.empty();
        if (known.isPresent()) {
            send(key, known.get());
            return true;
        }
        Optional<GuestDatagrams> flow = Optional.ofNullable(byKey.get(key)).or(() -> begin(key));
        flow.ifPresent(found -> toHost(found, packet, octets));
        return flow.isPresent();
    }

    private Optional<GuestDatagrams> begin(GuestDatagrams.Key key) {
        Optional<Target> target = routes.find(key.peer(), key.peerPort());
        if (target.isEmpty() || gateway.isFull()) {
            return Optional.empty();
        }
        GuestDatagrams flow = new GuestDatagrams(gateway.newFlow(), key);
        add(flow);
        boolean question = key.peer() == GATEWAY && key.peerPort() == HostRoutes.DNS;
        gateway.order(
                question
                        ? Message.of(Message.Kind.ASK, flow.flow())
                        : new Message(
                                Message.Kind.ASSOCIATE,
                                flow.flow(),
                                target.get().emit()));
        return Optional.of(flow);
    }

    private void add(GuestDatagrams flow) {
        byKey.put(flow.key(), flow);
        byNumber.put(flow.flow(), flow);
        gateway.tellIfChanged();
    }

    private void toHost(GuestDatagrams flow, IpPacket packet, byte[] octets) {
        flow.sent(packet, stack.now());
        gateway.orderDatagram(new Message(Message.Kind.DATAGRAM, flow.flow(), octets));
    }

    /** Somebody has sent a datagram to a port that is forwarded to {@code guest}. */
    void arrived(int number, Forward forward, Ipv4Address guest) {
        for (int tries = 0; tries < PORTS; tries++) {
            latestPort = (latestPort + 1) % PORTS;
            GuestDatagrams.Key key =
                    new GuestDatagrams.Key(guest.bits(), forward.port(), GATEWAY, FIRST_PORT + latestPort);
            if (!byKey.containsKey(key)) {
                GuestDatagrams flow = new GuestDatagrams(number, key);
                flow.answered(stack.now());
                add(flow);
                return;
            }
        }
        gateway.order(Message.of(Message.Kind.RESET, number));
    }

    void fromHost(int number, byte[] octets) {
        GuestDatagrams flow = byNumber.get(number);
        if (flow == null) {
            return; // it has ended while the datagram was under way
        }
        byKey.get(flow.key()); // the latest to be used
        flow.answered(stack.now());
        send(flow.key(), octets);
        if (flow.isAnswered()) {
            end(flow);
        }
    }

    private void send(GuestDatagrams.Key key, byte[] octets) {
        stack.udp().send(key.peer(), key.peerPort(), key.guest(), key.guestPort(), octets);
    }

    private void end(GuestDatagrams flow) {
        remove(flow.flow());
        gateway.order(Message.of(Message.Kind.RESET, flow.flow()));
        gateway.tellIfChanged();
    }

    /** Forgets a flow that has ended. */
    void remove(int number) {
        GuestDatagrams flow = byNumber.remove(number);
        if (flow != null) {
            byKey.remove(flow.key());
        }
    }

    /** Forgets a flow that the host's side has ended, and tells the guest why its last datagram did not arrive. */
    void failed(int number, ErrorKind why) {
        Optional.ofNullable(byNumber.get(number))
                .flatMap(GuestDatagrams::latest)
                .ifPresent(packet -> stack.ipv4().errors().tell(packet, why, 0));
        remove(number);
    }

    @Override
    public long deadline() {
        Iterator<GuestDatagrams> oldest = byKey.values().iterator();
        return oldest.hasNext() ? oldest.next().usedAt() + IDLE : NEVER;
    }

    @Override
    public long poll(long now) {
        while (deadline() <= now) {
            end(byKey.values().iterator().next());
        }
        return deadline();
    }
}

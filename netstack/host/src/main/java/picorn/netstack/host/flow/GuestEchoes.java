// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picorn.netstack.context.Timed;
import picorn.netstack.icmp.EchoRelay;
import picorn.netstack.ip.ErrorKind;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.ip.PacketInterceptor;
import picorn.netstack.service.UserGateway;
import picorn.netstack.stack.Stack;

/** The guest's echoes to other hosts, on the stack's thread: each is a flow of its own until it is answered or late. */
final class GuestEchoes implements PacketInterceptor, Timed {
    private static final long PATIENCE = 10_000_000_000L;
    private static final int MOST = 64;

    private final HostGateway gateway;
    private final HostRoutes routes;
    private final Stack stack;
    private final EchoRelay relay;
    /** The oldest come first. */
    private final Map<Integer, Waiting> waiting = new LinkedHashMap<>();

    private record Waiting(IpPacket packet, EchoRelay.Echo echo, long since) {}

    GuestEchoes(HostGateway gateway, HostRoutes routes, Stack stack) {
        this.gateway = gateway;
        this.routes = routes;
        this.stack = stack;
        relay = new EchoRelay(stack.ipv4());
    }

    int size() {
        return waiting.size();
    }

    @Override
    public boolean received(IpPacket packet) {
        Optional<EchoRelay.Echo> echo = EchoRelay.read(packet);
        Optional<Target> target = routes.host(packet.addresses().destinationIpv4());
        if (echo.isEmpty() || target.isEmpty()) {
            return false;
        }
        if (waiting.size() < MOST
                && UserGateway.ADDRESS.contains(packet.addresses().sourceIpv4())) {
            send(packet, echo.get(), target.get());
        }
        return true;
    }

    private void send(IpPacket packet, EchoRelay.Echo echo, Target target) {
        int flow = gateway.newFlow();
        waiting.put(flow, new Waiting(packet.copy(), echo, stack.now()));
        byte[] where = target.emit();
        byte[] octets = ByteBuffer.allocate(where.length + echo.data().length)
                .put(where)
                .put(echo.data())
                .array();
        gateway.orderDatagram(new Message(Message.Kind.ECHO, flow, octets));
        gateway.tellIfChanged();
    }

    /** Whether the flow is one of these, which then has its answer. */
    boolean answered(int flow, byte[] data) {
        Waiting asked = waiting.remove(flow);
        if (asked == null) {
            return false;
        }
        EchoRelay.Echo echo =
                new EchoRelay.Echo(asked.echo().identifier(), asked.echo().sequence(), data);
        relay.reply(
                asked.packet().addresses().destinationIpv4(),
                asked.packet().addresses().sourceIpv4(),
                echo);
        return true;
    }

    /** Whether the flow is one of these, which then has failed. */
    boolean failed(int flow, Optional<ErrorKind> why) {
        Waiting asked = waiting.remove(flow);
        if (asked != null) {
            why.ifPresent(kind -> stack.ipv4().errors().tell(asked.packet(), kind, 0));
        }
        return asked != null;
    }

    @Override
    public long deadline() {
        Iterator<Waiting> oldest = waiting.values().iterator();
        return oldest.hasNext() ? oldest.next().since() + PATIENCE : NEVER;
    }

    @Override
    public long poll(long now) {
        boolean late = deadline() <= now;
        while (deadline() <= now) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        if (late) {
            gateway.tellIfChanged();
        }
        return deadline();
    }
}

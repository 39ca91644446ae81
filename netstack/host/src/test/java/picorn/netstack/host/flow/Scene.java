// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.link.Network;
import picorn.netstack.link.Wire;
import picorn.netstack.service.UserGateway;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;

/** A guest 10.0.2.15 behind a gateway that is joined to the loopback of this host; time passes by a millisecond a step. */
final class Scene implements AutoCloseable {
    static final Ipv4Address GATEWAY = UserGateway.ADDRESS.address();
    static final HostAccess WITH_LOOPBACK =
            new HostAccess(HostAccess.Others.REACHED, HostAccess.Loopback.BEHIND_GATEWAY);
    private static final long STEP = 1_000_000;
    private static final int MOST_STEPS = 120_000;

    final Wire wire = new Wire();
    final UserGateway gateway = UserGateway.transparent(wire.b(), 1);
    final Stack guest = new Stack(StackConfig.client().called("guest").seed(2).memory(64 << 20));
    final HostGateway host;
    private final LinkedBlockingQueue<byte[]> events = new LinkedBlockingQueue<>(1024);
    private final Network network = new Network(wire, gateway, guest);
    private long now;

    Scene(HostAccess access, InetSocketAddress... resolvers) throws IOException {
        wire.a()
                .connect(guest.attach(
                        new EthernetConfig(
                                "eth0", MacAddress.parse("02:00:00:00:00:15"), Ipv4Prefix.parse("10.0.2.15/24")),
                        wire.a()));
        guest.route(Ipv4Prefix.ALL, GATEWAY);
        host = HostGateway.open(gateway, access, List.of(resolvers), events::put);
    }

    Scene start() {
        host.start();
        return this;
    }

    /** Passes what has come from the host, and a millisecond. */
    void step() {
        List<byte[]> come = new ArrayList<>();
        try {
            byte[] first = events.poll(1, TimeUnit.MILLISECONDS);
            if (first != null) {
                come.add(first);
                events.drainTo(come);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        now += STEP;
        network.poll(now);
        come.forEach(host::received);
        network.poll(now);
    }

    void until(BooleanSupplier condition) {
        for (int steps = 0; !condition.getAsBoolean(); steps++) {
            assertThat(steps).as("steps").isLessThan(MOST_STEPS);
            step();
        }
    }

    @Override
    public void close() {
        host.close();
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picorn.netstack.link.ImpairmentConfig;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpDrop;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.testing.Station;
import picorn.netstack.testing.script.Stream;

/** What the budget of a stack promises: never exceeded, and enough for what it is said to be enough for. */
class MemoryTest {
    private static final int SMALL = 64 * 1024;
    private static final int EACH = 40_000;
    private static final long LIMIT = 3600 * Duel.SECOND;
    private static final ImpairmentConfig NETWORK = ImpairmentConfig.NONE.delay(5_000_000);

    private final byte[] buffer = new byte[30_000];

    /** A connection and how far its transfer has come. */
    private final class Flow {
        private final TcpSocket from;
        private Optional<TcpSocket> to = Optional.empty();
        private int written;
        private int read;

        private Flow(TcpSocket from) {
            this.from = from;
        }

        private void act() {
            int wanted = Math.min(buffer.length, EACH - written);
            written += from.write(Stream.octets(written, wanted), 0, wanted);
            to.ifPresent(this::read);
        }

        private void read(TcpSocket socket) {
            int count = Math.max(0, socket.read(buffer, 0, buffer.length));
            assertThat(Stream.firstWrong(buffer, 0, count, read)).isEqualTo(-1);
            read += count;
        }
    }

    private static List<Flow> flows(MemoryTest test, Duel duel, int count, TcpConfig config) {
        List<Flow> flows = new ArrayList<>();
        flows.add(test.new Flow(duel.sender));
        while (flows.size() < count) {
            flows.add(test.new Flow(duel.client.tcp().connect(Station.US, Duel.PORT, config)));
        }
        return flows;
    }

    private static void accept(Duel duel, List<Flow> flows) {
        duel.listener.accept().ifPresent(socket -> flows.stream()
                .filter(flow -> flow.from.localPort() == socket.remotePort())
                .forEach(flow -> flow.to = Optional.of(socket)));
    }

    private static void assertWithinBudget(Duel duel) {
        assertThat(duel.client.budget().peak())
                .isLessThanOrEqualTo(duel.client.budget().limit());
        assertThat(duel.server.budget().peak())
                .isLessThanOrEqualTo(duel.server.budget().limit());
    }

    @Test
    void fourConnectionsWorkIn64KiB() {
        Duel duel = new Duel(NETWORK.loss(10_000), TcpConfig.DEFAULT, SMALL, 5);
        List<Flow> flows = flows(this, duel, 4, TcpConfig.DEFAULT);
        while (flows.stream().anyMatch(flow -> flow.read < EACH) && duel.step(LIMIT)) {
            accept(duel, flows);
            flows.forEach(Flow::act);
        }
        assertThat(flows)
                .as("after %d ms\n%s", duel.now() / 1_000_000, duel.server.report())
                .allMatch(flow -> flow.read == EACH);
        assertWithinBudget(duel);
    }

    @Test
    void budgetThatRunsDryRecoversAndConnectionsGoOn() {
        Duel duel = new Duel(NETWORK, TcpConfig.DEFAULT, SMALL, 6);
        List<Flow> flows = flows(this, duel, 12, TcpConfig.DEFAULT);
        // Nobody reads for a minute: writers and wire fill what there is.
        while (duel.now() < 60 * Duel.SECOND && duel.step(LIMIT)) {
            accept(duel, flows);
            flows.forEach(flow -> {
                if (flow.from.failure().isEmpty()) {
                    int wanted = Math.min(buffer.length, EACH - flow.written);
                    flow.written += flow.from.write(Stream.octets(flow.written, wanted), 0, wanted);
                }
            });
        }
        assertThat(duel.server.dropped(TcpDrop.MEMORY_DRY))
                .as(duel.server.report())
                .isPositive();
        List<Flow> alive =
                flows.stream().filter(flow -> flow.from.failure().isEmpty()).toList();
        assertThat(alive).hasSizeGreaterThanOrEqualTo(4);
        while (alive.stream().anyMatch(flow -> flow.read < EACH) && duel.step(LIMIT)) {
            accept(duel, flows);
            alive.forEach(Flow::act);
        }
        assertThat(alive)
                .as("after %d ms\n%s", duel.now() / 1_000_000, duel.server.report())
                .allMatch(flow -> flow.read == EACH);
        assertWithinBudget(duel);
    }

    @Test
    void everythingIsGivenBackWhenConnectionsEnd() {
        Duel duel = new Duel(NETWORK, TcpConfig.DEFAULT, SMALL, 7);
        long atRest = -1;
        for (int round = 0; round < 20; round++) {
            TcpSocket from =
                    round == 0 ? duel.sender : duel.client.tcp().connect(Station.US, Duel.PORT, TcpConfig.DEFAULT);
            transferAndClose(duel, from);
            while (duel.step(duel.now() + 300 * Duel.SECOND)) {}
            long used = duel.client.budget().used() + duel.server.budget().used();
            atRest = round == 5 ? used : atRest;
            if (round > 5) {
                assertThat(used).as("round %d", round).isLessThanOrEqualTo(atRest);
            }
        }
    }

    private void transferAndClose(Duel duel, TcpSocket from) {
        Optional<TcpSocket> to = Optional.empty();
        int written = 0;
        for (int steps = 0; steps < 400 && duel.step(duel.now() + 10 * Duel.SECOND); steps++) {
            to = to.isPresent() ? to : duel.listener.accept();
            if (written == 0) {
                written = from.write(buffer, 0, buffer.length);
            }
            to.ifPresent(socket -> socket.read(buffer, 0, buffer.length));
        }
        from.close();
        for (int steps = 0; steps < 50; steps++) {
            duel.step(duel.now() + Duel.SECOND);
        }
        to.orElseThrow().read(buffer, 0, buffer.length);
        to.orElseThrow().close();
    }

    @Test
    void idleConnectionTakesAKibibyteAtMost() {
        int connections = 200;
        Duel duel = new Duel(NETWORK, TcpConfig.DEFAULT.backlog(300), 8 * 1024 * 1024, 8);
        settle(duel);
        // What is pooled for all connections belongs to none of them: a first one fills the pools.
        useAndRest(duel, duel.sender, duel.listener.accept().orElseThrow());
        long client = duel.client.budget().used();
        long server = duel.server.budget().used();
        List<TcpSocket> sockets = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            sockets.add(duel.client.tcp().connect(Station.US, Duel.PORT, TcpConfig.DEFAULT));
            settle(duel);
            sockets.add(duel.listener.accept().orElseThrow());
            useAndRest(duel, sockets.get(sockets.size() - 2), sockets.get(sockets.size() - 1));
        }
        settle(duel);
        assertThat((duel.client.budget().used() - client) / connections).isLessThanOrEqualTo(1024);
        assertThat((duel.server.budget().used() - server) / connections).isLessThanOrEqualTo(1024);
    }

    private void useAndRest(Duel duel, TcpSocket a, TcpSocket b) {
        a.write(buffer, 0, buffer.length);
        settle(duel);
        assertThat(b.read(buffer, 0, buffer.length)).isEqualTo(buffer.length);
        settle(duel);
    }

    private static void settle(Duel duel) {
        while (duel.step(duel.now() + 5 * Duel.SECOND)) {}
        duel.listener.isReady();
    }
}

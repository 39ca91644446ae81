// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.loss;

import java.util.Optional;
import java.util.SplittableRandom;
import picorn.netstack.link.ImpairmentConfig;
import picorn.netstack.tcp.CongestionAlgorithm;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpFeature;
import picorn.netstack.tcp.TcpModules;
import picorn.netstack.tcp.TcpSocket;

/** One random network, two random configurations, two random users. */
final class Interleaving {
    private static final long MS = 1_000_000;
    private static final long LIMIT = 4 * 3600 * Duel.SECOND;
    private static final int STEPS = 200_000;
    private static final int IDLE = 1000;
    /** Where the stream of each side begins in the endless one, so that neither can be taken for the other. */
    private static final long CLIENT = 0;

    private static final long SERVER = 1L << 40;

    private final SplittableRandom random;
    private final Duel duel;
    private final Side client;
    private boolean rests;
    private Optional<Side> server = Optional.empty();

    Interleaving(SplittableRandom random, TcpModules modules, long seed) {
        this.random = random;
        duel = new Duel(network(), config(), config(), modules, 256 * 1024, seed);
        client = new Side(duel.sender, random.split(), ending(), CLIENT, SERVER);
    }

    private ImpairmentConfig network() {
        return ImpairmentConfig.NONE
                .loss(random.nextInt(5) * 50_000)
                .duplicate(random.nextInt(3) * 30_000)
                .reorder(random.nextInt(3) * 50_000)
                .corrupt(random.nextInt(3) * 10_000)
                .delay(random.nextInt(5) * 20 * MS)
                .jitter(random.nextInt(3) * 3 * MS)
                .limit(64);
    }

    private TcpConfig config() {
        TcpConfig config = TcpConfig.DEFAULT
                .receiveBuffer(random.nextInt(16, 16_000))
                .sendBuffer(random.nextInt(16, 16_000))
                .congestion(CongestionAlgorithm.values()[random.nextInt(CongestionAlgorithm.values().length)])
                .userTimeout(1200 * Duel.SECOND);
        for (TcpFeature feature : TcpFeature.values()) {
            config = random.nextBoolean() ? config.with(feature) : config.without(feature);
        }
        return config;
    }

    private Side.Ending ending() {
        int choice = random.nextInt(10);
        return choice == 0 ? Side.Ending.ABORT : choice < 5 ? Side.Ending.SHUTDOWN : Side.Ending.CLOSE_AFTER_READING;
    }

    void run() {
        int steps = 0;
        int idle = 0;
        while (!isDone() && idle < IDLE && steps++ < STEPS) {
            // The users may have something left to do though the network rests.
            idle = duel.step(LIMIT) ? 0 : idle + 1;
            rests = idle >= IDLE - 1;
            act();
        }
        if (!isDone()) {
            throw new AssertionError("not done after " + duel.now() / MS + " ms and " + steps + " steps: " + this);
        }
        check();
    }

    private void act() {
        client.act();
        if (server.isEmpty()) {
            Optional<TcpSocket> accepted = duel.listener.accept();
            server = accepted.map(socket -> new Side(socket, random.split(), ending(), SERVER, CLIENT));
        }
        server.ifPresent(Side::act);
    }

    // The reset of a side that gives up may be lost; then the other has nothing to wait for, and no timer (RFC 9293,
    // 3.6).
    private boolean isDone() {
        boolean clientDone = client.isDone();
        boolean serverDone = server.isEmpty() || server.get().isDone();
        boolean clientGone = client.failed() || client.aborted();
        boolean serverGone =
                server.isPresent() && (server.get().failed() || server.get().aborted());
        return clientDone && serverDone || clientGone && rests || serverGone && rests;
    }

    private void check() {
        if (server.isEmpty()) {
            require(client.failed() || client.aborted(), "a client without a server has failed or given up");
            return;
        }
        check(client, server.get());
        check(server.get(), client);
    }

    private void check(Side reader, Side writer) {
        require(reader.read() <= writer.written(), "nothing is read that was not written");
        if (reader.sawEnd()) {
            require(reader.read() == writer.written(), "at the end everything has been read");
        }
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what + ": " + this);
        }
    }

    @Override
    public String toString() {
        return "client " + client + "; server " + server;
    }
}

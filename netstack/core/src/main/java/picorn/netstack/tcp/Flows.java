// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.Counter;
import picorn.netstack.context.MemoryBudget;
import picorn.netstack.context.StackContext;

/** The flows of a stack: how connections come into its tables and leave them, and the memory that they take meanwhile. */
final class Flows {
    /** Twice the maximum segment lifetime, of which RFC 9293 leaves the choice. */
    private static final long TIME_WAIT = 60_000_000_000L;

    /** The part of the memory that connections in TIME-WAIT may take: one of so many; those beyond it end at once. */
    private static final int TIME_WAIT_SHARE = 8;

    private final Tcp tcp;
    private final StackContext context;
    private final TcpModules modules;
    private final FlowTable table;
    private final TimerQueue queue;
    private final ChunkPool chunks;
    private final InitialSequence initialSequence;
    private final KeyedHash hash;
    /** Octets of a connection. */
    private final int memory;

    private final Counter timeWaits;

    Flows(Tcp tcp, StackContext context, TcpModules modules) {
        this.tcp = tcp;
        this.context = context;
        this.modules = modules;
        MemoryBudget budget = context.budget();
        table = new FlowTable(budget, context.counters());
        queue = new TimerQueue(budget);
        chunks = new ChunkPool(budget);
        initialSequence = new InitialSequence(context);
        hash = new KeyedHash(context.random());
        timeWaits = context.counter("tcp.time-wait");
        memory = Connection.MEMORY + modules.memory();
    }

    FlowTable table() {
        return table;
    }

    TimerQueue queue() {
        return queue;
    }

    ChunkPool chunks() {
        return chunks;
    }

    /** Octets that a connection draws, its scoreboard's arrays, buffers and places in tables apart. */
    int connectionMemory() {
        return memory;
    }

    /** Computes the hash of a flow that has its addresses and ports, and looks whether there is one already. */
    boolean isFree(Flow flow) {
        flow.hash = hash.of(flow);
        return table.find(flow) == flow;
    }

    /** The flow with the addresses and ports of another, or that other itself if there is none. */
    Flow find(Flow like) {
        like.hash = hash.of(like);
        return table.find(like);
    }

    /** Draws the memory of a connection that has its addresses, and enters it. */
    boolean admit(Connection c) {
        if (!context.budget().reserve(memory)) {
            return false;
        }
        c.recovery = modules.recovery(c);
        if (!enter(c)) {
            context.budget().release(memory);
            return false;
        }
        chunks.open(2);
        begin(c, initialSequence.of(c));
        return true;
    }

    private boolean enter(Connection c) {
        if (!table.add(c)) {
            return false;
        }
        boolean entered = queue.add(c);
        if (!entered) {
            table.remove(c);
        }
        return entered;
    }

    /** Numbers what a new connection sends. */
    void begin(Connection c, int iss) {
        c.snd.iss = iss;
        c.reducedUntil = iss;
        c.snd.una = c.snd.iss;
        c.snd.nxt = c.snd.iss + 1;
        c.recovery.begin(iss, context.now());
        c.progressAt = context.now();
        c.heardAt = context.now();
    }

    /** A connection for a request; it has failed if there is no memory for it. */
    Connection passive(TcpListener listener, Segment s) {
        Connection c = passive(listener.config(), s);
        c.listener = listener;
        return c;
    }

    /** A connection for a request that no listener has taken; it has failed if there is no memory for it. */
    Connection passive(TcpConfig config, Segment s) {
        Connection c = new Connection(tcp, config);
        c.addressedLike(tcp.answering(s));
        c.hash = hash.of(c);
        if (!admit(c)) {
            c.failure = TcpFailure.OUT_OF_MEMORY;
        }
        return c;
    }

    /** Takes a flow out of the tables. */
    void forget(Flow flow) {
        table.remove(flow);
        queue.remove(flow);
        context.budget().release(TimeWait.MEMORY);
        timeWaits.add(-1);
    }

    /** Takes a connection out of the tables. */
    void forget(Connection c) {
        table.remove(c);
        queue.remove(c);
        if (c.listener != null) {
            c.listener.answered();
            c.abandoned = true;
        }
        c.release();
    }

    void release(Connection c) {
        chunks.open(-2);
        context.budget().release(memory);
    }

    /** Lets something light stand for a connection in TIME-WAIT. */
    void timeWait(Connection c) {
        c.state = TcpState.TIME_WAIT;
        c.lifeAt = timeWaitEnd();
        if (c.ackNow) {
            tcp.output().acknowledge(c);
        }
        TimeWait rest = new TimeWait(tcp, c, c.lifeAt);
        queue.remove(c);
        boolean few = timeWaits.value() * TimeWait.MEMORY < context.budget().limit() / TIME_WAIT_SHARE;
        if (few && context.budget().reserve(TimeWait.MEMORY) && queue.add(rest)) {
            table.replace(rest);
            timeWaits.count();
        } else {
            table.remove(c);
        }
        c.release();
    }

    long timeWaitEnd() {
        return context.now() + TIME_WAIT;
    }
}

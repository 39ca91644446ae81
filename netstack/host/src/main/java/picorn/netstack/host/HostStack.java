// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picorn.netstack.context.Timed;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.link.FrameReceiver;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;

/**
 * A stack with a thread of its own, which drives it by the host's clock and the frames of a {@link HostLink}. The stack itself
 * may be called by one thread only: calls of other threads are queued, and made by the stack's thread between frames.
 *
 * <pre>{@code
 * StackConfig config = StackConfig.named("host").random(new SecureRandom()::nextInt).memory(16 << 20);
 * EthernetConfig eth0 =
 *         new EthernetConfig("eth0", MacAddress.parse("02:00:00:00:00:02"), Ipv4Prefix.parse("10.0.9.2/24"));
 * try (HostStack host = HostStack.start(config, eth0, TapDevice.open("tap0"))) {
 *     System.out.println(host.call(Stack::report));
 * }
 * }</pre>
 */
public final class HostStack implements AutoCloseable {
    private static final Logger LOG = System.getLogger(HostStack.class.getName());
    private static final int QUEUED_CALLS = 1024;
    private static final int FRAMES_A_TURN = 64;
    private static final long LONGEST_SLEEP = 60_000_000_000L;

    private final HostLink link;
    private final Parts parts;
    private final Thread thread;
    private final ArrayBlockingQueue<Call> calls = new ArrayBlockingQueue<>(QUEUED_CALLS);
    private final Set<Call> waiting = ConcurrentHashMap.newKeySet();
    private final CountDownLatch end = new CountDownLatch(1);
    private final byte[] frame = new byte[HostLink.LARGEST_FRAME];
    private final long start = System.nanoTime();
    private final List<Call> conditions = new ArrayList<>();
    private volatile boolean sleeping;
    private volatile boolean closing;
    private volatile IOException ended;

    /**
     * What a thread drives: a stack, and whatever stands between it and the link, such as impairments.
     *
     * @param stack the stack
     * @param input who takes the frames of the link
     * @param timed what is polled: the stack, or a {@link picorn.netstack.link.Network} of it and other parts
     */
    public record Parts(Stack stack, FrameReceiver input, Timed timed) {}

    private HostStack(HostLink link, Parts parts) {
        this.link = link;
        this.parts = parts;
        thread = new Thread(this::drive, "picorn-stack");
        thread.setDaemon(true);
    }

    /**
     * Makes a stack with one Ethernet interface, and starts its thread.
     *
     * @param config of the stack; on a real network its randomness should be a {@link java.security.SecureRandom}'s
     * @param ethernet of its interface
     * @param link to the host, which is closed with this
     * @return the stack at work
     */
    public static HostStack start(StackConfig config, EthernetConfig ethernet, HostLink link) {
        return start(link, output -> {
            Stack stack = new Stack(config);
            return new Parts(stack, stack.attach(ethernet, output), stack);
        });
    }

    /**
     * Starts the thread of a stack that is put together by the caller.
     *
     * @param link to the host, which is closed with this
     * @param assembly makes the parts, given who takes the frames that they send to the host
     * @return the stack at work
     */
    public static HostStack start(HostLink link, Function<FrameReceiver, Parts> assembly) {
        HostStack host = new HostStack(link, assembly.apply(link));
        host.thread.start();
        return host;
    }

    /**
     * Lets the stack's thread do something that does not block, and waits for it. From within such a call, it is done at once.
     *
     * @param <T> what comes out
     * @param action is given the stack
     * @return what the action returned
     * @throws IOException if the stack is closed, or its link gone
     */
    public <T> T call(Function<? super Stack, T> action) throws IOException {
        Action<T> call = new Action<>(action);
        perform(call, Call.FOREVER);
        return call.result;
    }

    /**
     * Waits until the stack has come to something: an address leased, a name looked up, an echo answered.
     *
     * <pre>{@code
     * PingResult result = host.await(stack -> ping.result(), Duration.ofSeconds(5));
     * }</pre>
     *
     * @param <T> what is waited for
     * @param condition is given the stack, at once and after whatever has happened there, until it returns something; must not block
     * @param timeout how long to wait, zero for as long as it takes
     * @return what the condition returned
     * @throws java.net.SocketTimeoutException if it has not come in time
     * @throws IOException if the stack is closed, or its link gone
     */
    public <T> T await(Function<? super Stack, Optional<T>> condition, Duration timeout) throws IOException {
        Condition<T> call = new Condition<>(condition);
        perform(call, timeout.toNanos());
        return call.result.orElseThrow();
    }

    private final class Condition<T> extends Call {
        private final Function<? super Stack, Optional<T>> condition;
        private Optional<T> result = Optional.empty();

        Condition(Function<? super Stack, Optional<T>> condition) {
            this.condition = condition;
        }

        @Override
        boolean attempt() {
            result = condition.apply(parts.stack());
            if (result.isEmpty() && !conditions.contains(this)) {
                conditions.add(this);
            }
            return result.isPresent();
        }
    }

    private final class Action<T> extends Call {
        private final Function<? super Stack, T> action;
        private T result;

        Action(Function<? super Stack, T> action) {
            this.action = action;
        }

        @Override
        boolean attempt() {
            result = action.apply(parts.stack());
            return true;
        }
    }

    /** Begins a call, hands it to the stack's thread and waits for its end. */
    void perform(Call call, long timeout) throws IOException {
        call.begin();
        if (Thread.currentThread() == thread) {
            call.run();
            call.demandDone();
            return;
        }
        waiting.add(call);
        try {
            submit(call);
            call.await(timeout);
        } finally {
            waiting.remove(call);
        }
    }

    private void submit(Call call) throws IOException {
        try {
            boolean taken = false;
            while (ended == null && !taken) {
                taken = calls.offer(call, 1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the stack was busy");
        }
        if (ended != null) {
            call.fail(ended);
        } else if (sleeping) {
            link.wake();
        }
    }

    private void drive() {
        IOException reason = new IOException("the stack is closed");
        try {
            while (!closing) {
                turn();
            }
        } catch (IOException e) {
            reason = e;
            LOG.log(Level.ERROR, e.getMessage());
        } catch (RuntimeException | Error e) {
            reason = new IOException("the stack's thread has ended by a defect: " + e, e);
            LOG.log(Level.ERROR, reason.getMessage(), e);
        } finally {
            end(reason);
        }
    }

    private void end(IOException reason) {
        ended = reason;
        link.close();
        calls.clear();
        waiting.forEach(call -> call.fail(reason));
        end.countDown();
    }

    private void turn() throws IOException {
        long now = System.nanoTime() - start;
        boolean busy = takeFrames(now);
        parts.timed().poll(now);
        busy |= makeCalls();
        retryConditions();
        if (!busy) {
            sleep(now);
        }
    }

    private boolean takeFrames(long now) throws IOException {
        int taken = 0;
        for (int length = link.take(frame); length > 0; length = link.take(frame)) {
            parts.input().receive(frame, 0, length, now);
            if (++taken == FRAMES_A_TURN) {
                break;
            }
        }
        return taken > 0;
    }

    private boolean makeCalls() {
        Call call = calls.poll();
        boolean made = call != null;
        for (int i = 1; call != null; i++) {
            call.run();
            call = i < QUEUED_CALLS ? calls.poll() : null;
        }
        return made;
    }

    private void retryConditions() {
        for (int i = conditions.size() - 1; i >= 0; i--) {
            conditions.get(i).run();
            if (conditions.get(i).isOver()) {
                conditions.remove(i);
            }
        }
    }

    private void sleep(long now) throws IOException {
        sleeping = true;
        if (calls.isEmpty() && !closing) {
            link.await(Math.max(0, Math.min(parts.timed().deadline() - now, LONGEST_SLEEP)));
        }
        sleeping = false;
    }

    /** Stops the thread and closes the link. Calls that wait end with an {@link IOException}; connections are not told. */
    @Override
    public void close() {
        closing = true;
        link.wake();
        if (Thread.currentThread() != thread) {
            awaitEnd();
        }
    }

    private void awaitEnd() {
        boolean interrupted = false;
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

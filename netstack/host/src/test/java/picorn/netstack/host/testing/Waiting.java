// SPDX-License-Identifier: MIT
package picorn.netstack.host.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A thread that makes one call; a test can tell that it waits, and what came of it. */
public final class Waiting<T> {
    private final FutureTask<T> task;
    private final Thread thread;

    private Waiting(Callable<T> call) {
        task = new FutureTask<>(call);
        thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    /** Starts a call. */
    public static <T> Waiting<T> start(Callable<T> call) {
        return new Waiting<>(call);
    }

    /** Starts a call and returns when it waits, which is not known of calls that wait in the kernel. */
    public static <T> Waiting<T> in(Callable<T> call) {
        Waiting<T> waiting = new Waiting<>(call);
        while (!waiting.isPausing()) {
            Thread.onSpinWait();
        }
        return waiting;
    }

    private boolean isPausing() {
        return switch (thread.getState()) {
            case WAITING, TIMED_WAITING, TERMINATED -> true;
            default -> false;
        };
    }

    public void interrupt() {
        thread.interrupt();
    }

    /** What the call returned; what it threw is thrown. */
    public T result() throws Throwable {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    /** What the call returned; what it threw is the cause of what is thrown. */
    public T resultOrFailure() throws Exception {
        return task.get();
    }

    /** Something that each of several threads does. */
    public interface Work {
        void of(int thread) throws Exception;
    }

    /** Does work in threads numbered from 0 on, and waits for all. */
    public static void inThreads(int threads, Work work) throws Exception {
        List<Waiting<Void>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            running.add(new Waiting<>(() -> {
                work.of(thread);
                return null;
            }));
        }
        for (Waiting<Void> each : running) {
            each.resultOrFailure();
        }
    }
}

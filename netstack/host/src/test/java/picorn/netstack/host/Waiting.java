// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A thread that makes one call; a test can tell that it waits, and what came of it. */
final class Waiting<T> {
    private final FutureTask<T> task;
    private final Thread thread;

    private Waiting(Callable<T> call) {
        task = new FutureTask<>(call);
        thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    static <T> Waiting<T> in(Callable<T> call) {
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

    void interrupt() {
        thread.interrupt();
    }

    /** What the call returned; what it threw is thrown. */
    T result() throws Throwable {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    /** What the call returned; what it threw is the cause of what is thrown. */
    T resultOrFailure() throws Exception {
        return task.get();
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;

/**
 * Something that a thread wants of the stack and waits for: attempted on the stack's thread, at once and again whenever there is
 * hope, until it is done or given up. What it touches of the caller's is not touched after the wait has ended.
 */
abstract class Call {
    /** To wait as long as it takes. */
    static final long FOREVER = 0;

    private boolean over = true;
    private boolean attempting;
    private boolean again;
    private IOException failure;
    private RuntimeException mistake;

    /**
     * Tries, on the stack's thread.
     *
     * @return whether it is done
     * @throws IOException if it cannot be done any more
     */
    abstract boolean attempt() throws IOException;

    /** Makes it ready to be handed to the stack; by the caller, of whom there is one at a time. */
    final synchronized void begin() {
        over = false;
        failure = null;
        mistake = null;
    }

    /** Attempts it, unless it is over. An attempt may bring about what calls this again. */
    final synchronized void run() {
        again = true;
        if (over || attempting) {
            return;
        }
        attempting = true;
        while (again && !over) {
            again = false;
            attemptOnce();
        }
        attempting = false;
        if (over) {
            notifyAll();
        }
    }

    private void attemptOnce() {
        try {
            over = attempt();
        } catch (IOException e) {
            failure = e;
            over = true;
        } catch (RuntimeException e) {
            mistake = e;
            over = true;
        }
    }

    final synchronized boolean isOver() {
        return over;
    }

    /** Ends it for a reason, unless it is over. */
    final synchronized void fail(IOException reason) {
        if (!over) {
            failure = reason;
            over = true;
            notifyAll();
        }
    }

    /**
     * Waits for its end.
     *
     * @param nanoseconds the longest time to wait, or {@link #FOREVER}
     * @throws SocketTimeoutException if that was not enough
     */
    final synchronized void await(long nanoseconds) throws IOException {
        long deadline = System.nanoTime() + nanoseconds;
        while (!over) {
            long left = nanoseconds == FOREVER ? 0 : (deadline - System.nanoTime() + 999_999) / 1_000_000;
            if (nanoseconds != FOREVER && left <= 0) {
                over = true;
                throw new SocketTimeoutException("timed out after " + nanoseconds / 1_000_000 + " ms");
            }
            pause(left);
        }
        result();
    }

    private void pause(long milliseconds) throws IOException {
        try {
            wait(milliseconds);
        } catch (InterruptedException e) {
            over = true;
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the stack");
        }
    }

    /** What came of it, when it is over on the stack's own thread, or to be told that it may not wait there. */
    final synchronized void demandDone() throws IOException {
        if (!over) {
            over = true;
            throw new IllegalStateException(
                    "a call that has to wait was made on the stack's own thread, which would then "
                            + "wait for itself; make it from another thread");
        }
        result();
    }

    private void result() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (mistake != null) {
            throw mistake;
        }
    }
}

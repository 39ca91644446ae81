// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What the firmware prints, on its way to the host by a thread of its own, so that a reader who is slow does not stop the emulation
 * at once, and one who types sees a prompt without a line end. Bounded: a reader who is too slow holds the emulation back, until
 * {@link #abandon}.
 */
final class HostOutput implements AutoCloseable {
    private static final int CAPACITY = 1 << 16;

    private static final long HURRIED_MILLISECONDS = 1000;

    private final OutputStream out;
    private final Runnable onFailure;
    private final byte[] waiting = new byte[CAPACITY];
    private final Thread writer = new Thread(this::run, "picorn output");
    private int first;
    private int count;
    private boolean closing;
    private boolean abandoned;
    private boolean hurried;

    /**
     * Starts to write to {@code out}.
     *
     * @param onFailure called once, on the writing thread, when nobody takes it any more
     */
    HostOutput(OutputStream out, Runnable onFailure) {
        this.out = out;
        this.onFailure = onFailure;
        writer.setDaemon(true);
        writer.start();
    }

    /** Takes an octet; waits while there is no room. */
    synchronized void write(int octet) {
        while (count == CAPACITY && !abandoned) {
            if (hurried) {
                abandoned = true;
            } else {
                await();
            }
        }
        if (!abandoned) {
            waiting[(first + count++) % CAPACITY] = (byte) octet;
            notifyAll();
        }
    }

    /** Nobody waits any longer for room, and not for long for what is not written yet: the run is to end. */
    synchronized void abandon() {
        hurried = true;
        notifyAll();
    }

    private void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            abandoned = true;
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        byte[] chunk = new byte[CAPACITY];
        try {
            for (int length = take(chunk); length > 0; length = take(chunk)) {
                out.write(chunk, 0, length);
                out.flush();
            }
        } catch (IOException e) {
            fail();
        }
    }

    private synchronized int take(byte[] chunk) {
        while (count == 0 && !closing) {
            await();
        }
        int length = count;
        for (int i = 0; i < length; i++) {
            chunk[i] = waiting[(first + i) % CAPACITY];
        }
        first = (first + length) % CAPACITY;
        count = 0;
        notifyAll();
        return length;
    }

    private void fail() {
        synchronized (this) {
            abandoned = true;
            notifyAll();
        }
        onFailure.run();
    }

    /** Waits until everything is written; after {@link #abandon} for a second at most. */
    @Override
    public void close() {
        long patience;
        synchronized (this) {
            closing = true;
            notifyAll();
            if (abandoned) {
                return;
            }
            patience = hurried ? HURRIED_MILLISECONDS : 0;
        }
        try {
            writer.join(patience); // 0: for as long as it takes
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

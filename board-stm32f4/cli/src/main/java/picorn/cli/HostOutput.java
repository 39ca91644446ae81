// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What the firmware prints, on its way to the host by a thread of its own, so that a reader who is slow does not stop the emulation
 * at once, and one who types sees a prompt without a line end. Bounded: a reader who is too slow holds the emulation back, until
 * {@link #hurry}.
 */
final class HostOutput implements AutoCloseable {
    private static final int CAPACITY = 1 << 16;
    private static final int CHUNK = 1 << 12;

    /** How long an octet waits for others, in milliseconds: nobody sees that. */
    private static final long GATHERING = 4;

    /** How long a reader may take for a chunk at the end of a run that was told to end, in milliseconds. */
    private static final long PATIENCE = 1000;

    private final OutputStream out;
    private final Runnable onFailure;
    private final byte[] waiting = new byte[CAPACITY];
    private final Thread writer = new Thread(this::run, "picorn output");
    private int first;
    private int count;
    private long chunks;
    private boolean closing;
    private boolean hurried;
    private boolean abandoned;

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
        int before = count;
        put((byte) octet);
        wake(before);
    }

    /** Takes octets; waits while there is no room. */
    synchronized void write(byte[] octets, int at, int length) {
        int before = count;
        for (int i = 0; i < length; i++) {
            put(octets[at + i]);
        }
        wake(before);
    }

    /** To wake a thread takes longer than to emulate what an octet takes: not for each. */
    private void wake(int before) {
        if (before == 0 || before < CHUNK && count >= CHUNK) {
            notifyAll();
        }
    }

    private void put(byte octet) {
        while (count == CAPACITY && !abandoned) {
            notifyAll();
            await(0);
        }
        if (!abandoned) {
            waiting[(first + count++) % CAPACITY] = octet;
        }
    }

    /** As a stream; closing it is {@link #close}. */
    OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int octet) {
                HostOutput.this.write(octet);
            }

            @Override
            public void write(byte[] octets, int at, int length) {
                HostOutput.this.write(octets, at, length);
            }

            @Override
            public void close() {
                HostOutput.this.close();
            }
        };
    }

    /** The run is to end: who reads on gets all that there is, one who has stopped is not waited for. */
    synchronized void hurry() {
        hurried = true;
        if (count == CAPACITY) {
            abandoned = true;
            notifyAll();
        }
    }

    /** Waits to be notified, but no longer than so many milliseconds, if not 0. */
    private void await(long most) {
        try {
            wait(most);
        } catch (InterruptedException e) {
            abandoned = true;
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        byte[] chunk = new byte[CHUNK];
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
            await(0);
        }
        if (count < CHUNK && !closing) {
            await(GATHERING);
        }
        chunks++;
        int length = Math.min(count, CHUNK);
        for (int i = 0; i < length; i++) {
            chunk[i] = waiting[(first + i) % CAPACITY];
        }
        first = (first + length) % CAPACITY;
        count -= length;
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

    /** Waits until everything is written, unless it was abandoned. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            boolean taken = true;
            while (taken && writer.isAlive()) {
                taken = awaitChunk();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there is anything to wait for: not when everything was abandoned, nor when a reader in a hurried run took nothing. */
    private boolean awaitChunk() throws InterruptedException {
        long before;
        synchronized (this) {
            if (abandoned) {
                return false;
            }
            before = chunks;
        }
        writer.join(PATIENCE);
        synchronized (this) {
            return !hurried || chunks != before;
        }
    }
}

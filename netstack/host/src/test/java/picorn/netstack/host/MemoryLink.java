// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Joins two stacks of one JVM, so that what needs no kernel runs everywhere. */
final class MemoryLink implements HostLink {
    private static final int DEPTH = 1024;

    private final ArrayDeque<byte[]> incoming = new ArrayDeque<>();
    private MemoryLink peer;
    private boolean woken;
    private boolean closed;

    private MemoryLink() {}

    static MemoryLink[] pair() {
        MemoryLink[] ends = {new MemoryLink(), new MemoryLink()};
        ends[0].peer = ends[1];
        ends[1].peer = ends[0];
        return ends;
    }

    @Override
    public void receive(byte[] frame, int offset, int length, long now) {
        peer.arrive(Arrays.copyOfRange(frame, offset, offset + length));
    }

    private synchronized void arrive(byte[] frame) {
        if (incoming.size() < DEPTH) {
            incoming.add(frame);
            notifyAll();
        }
    }

    @Override
    public synchronized int take(byte[] into) throws IOException {
        if (closed) {
            throw new EOFException("the link is closed");
        }
        byte[] frame = incoming.poll();
        if (frame == null) {
            return 0;
        }
        System.arraycopy(frame, 0, into, 0, frame.length);
        return frame.length;
    }

    @Override
    public synchronized void await(long nanoseconds) throws IOException {
        try {
            if (!woken && incoming.isEmpty() && nanoseconds > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, nanoseconds);
            }
            woken = false;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** Cuts the cable: whoever takes next is told. */
    @Override
    public synchronized void close() {
        closed = true;
        woken = true;
        notifyAll();
    }
}

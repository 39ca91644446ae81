// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import picorn.emulator.host.HostInbox;
import picorn.netstack.host.HostLink;
import picorn.stm32f4.board.Cable;

/**
 * Joins a board's cable to a link of the host's: a thread takes the link's frames, which come in by the machine's inbox, and sends the
 * board's.
 */
final class LinkedCable implements HostEnd {
    private static final int WAITING = 1024;
    private static final int SHORTEST = 60;
    private static final long LONG_WAIT = 60_000_000_000L;

    private final Cable cable;
    private final HostLink link;
    private final HostInbox.Port frames;
    private final BlockingQueue<byte[]> outgoing = new ArrayBlockingQueue<>(WAITING);
    private final byte[] frame = new byte[HostLink.LARGEST_FRAME];
    private volatile boolean closed;

    /** Joins them; nothing passes before {@link #start}. */
    LinkedCable(Cable cable, HostLink link, HostInbox inbox, RunPace pace) {
        this.cable = cable;
        this.link = link;
        frames = inbox.open("network", octets -> cable.fromFarEnd(octets, 0, octets.length));
        cable.farEnd(this::fromBoard);
        pace.opened();
    }

    @Override
    public void start() {
        Thread thread = new Thread(this::run, "picorn network");
        thread.setDaemon(true);
        thread.start();
    }

    /** One that the host does not take fast enough is lost, as on a cable. */
    private void fromBoard(byte[] octets, int offset, int length, long now) {
        if (outgoing.offer(Arrays.copyOfRange(octets, offset, offset + length))) {
            link.wake();
        }
    }

    private void run() {
        try {
            while (!closed) {
                if (!takeIn() & !sendOut()) {
                    link.await(LONG_WAIT);
                }
            }
        } catch (IOException e) {
            if (!closed) {
                System.err.println("picorn: nothing comes by the network any more: " + e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean takeIn() throws IOException, InterruptedException {
        int length = link.take(frame);
        if (length > 0) {
            frames.post(padded(length));
        }
        return length > 0;
    }

    /** As a MAC sends it: a host's software leaves the padding of short frames to the hardware. */
    private byte[] padded(int length) {
        byte[] octets = new byte[Math.max(length, SHORTEST)];
        System.arraycopy(frame, 0, octets, 0, length);
        return octets;
    }

    private boolean sendOut() {
        byte[] next = outgoing.poll();
        if (next != null) {
            link.receive(next, 0, next.length, 0);
        }
        return next != null;
    }

    @Override
    public void restored() {}

    @Override
    public void close() {
        closed = true;
        frames.close();
        link.close();
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.loss;

import java.util.SplittableRandom;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.testing.script.Stream;

/** One user of a connection: reads and writes at random, and ends in some way. */
final class Side {
    private final TcpSocket socket;
    private final SplittableRandom random;
    private final long toWrite;
    private final Ending ending;
    private final byte[] buffer = new byte[3000];
    private final long offset;
    private final long peerOffset;
    private long written;
    private long read;
    private boolean sawEnd;
    private boolean finished;
    private boolean gone;

    /** How a user finishes. */
    enum Ending {
        SHUTDOWN,
        CLOSE_AFTER_READING,
        ABORT
    }

    Side(TcpSocket socket, SplittableRandom random, Ending ending, long offset, long peerOffset) {
        this.socket = socket;
        this.random = random;
        this.toWrite = random.nextInt(4) == 0 ? 0 : random.nextInt(1, 20_000);
        this.ending = ending;
        this.offset = offset;
        this.peerOffset = peerOffset;
    }

    void act() {
        if (gone) {
            return;
        }
        if (random.nextInt(4) > 0 && !sawEnd) {
            readSome();
        }
        if (random.nextInt(4) > 0 && !gone && !failed()) {
            writeSome();
        }
    }

    void readSome() {
        int wanted = random.nextInt(1, buffer.length);
        int count = socket.read(buffer, 0, wanted);
        if (count < 0) {
            sawEnd = !failed();
            return;
        }
        int wrong = Stream.firstWrong(buffer, 0, count, peerOffset + read);
        if (wrong >= 0) {
            throw new AssertionError("octet " + (read + wrong) + " is not what the peer has written");
        }
        read += count;
    }

    private void writeSome() {
        if (written < toWrite) {
            int wanted = (int) Math.min(random.nextInt(1, 3000), toWrite - written);
            written += socket.write(Stream.octets(offset + written, wanted), 0, wanted);
        } else if (!finished) {
            finished = true;
            finish();
        } else if (ending == Ending.CLOSE_AFTER_READING && sawEnd) {
            socket.close();
            gone = true;
        }
        if (ending == Ending.ABORT && !finished && random.nextInt(200) == 0) {
            finished = true;
            abort();
        }
    }

    private void finish() {
        if (ending == Ending.ABORT) {
            abort();
        } else {
            socket.shutdownOutput();
        }
    }

    private void abort() {
        socket.abort();
        gone = true;
    }

    boolean failed() {
        return socket.failure().isPresent();
    }

    boolean aborted() {
        return ending == Ending.ABORT && finished;
    }

    boolean isDone() {
        return failed() || aborted() || finished && sawEnd;
    }

    boolean sawEnd() {
        return sawEnd;
    }

    long read() {
        return read;
    }

    long written() {
        return written;
    }

    @Override
    public String toString() {
        return "wrote " + written + " of " + toWrite + ", read " + read + (sawEnd ? " and the end" : "") + ", " + ending
                + (finished ? " done" : "") + ", " + socket.state() + " " + socket.failure();
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Waits until a descriptor can be read (poll(2)), or another thread ends the wait (eventfd(2)). */
final class Readiness {
    private static final int POLLFD_SIZE = 8;
    private static final long SECOND = 1_000_000_000L;

    private final int wakeUp;
    private final Memory counter = new Memory(Long.BYTES);
    private final Memory one = new Memory(Long.BYTES);
    private final Memory descriptors = new Memory(2 * POLLFD_SIZE);
    private final Memory timespec = new Memory(2 * Long.BYTES);
    private final ByteBuffer time = timespec.getByteBuffer(0, timespec.size()).order(ByteOrder.nativeOrder());
    private boolean closed;

    private Readiness(int descriptor, int wakeUp) {
        this.wakeUp = wakeUp;
        one.setLong(0, 1);
        descriptors.clear();
        descriptors.setInt(0, descriptor);
        descriptors.setShort(4, LibC.POLLIN);
        descriptors.setInt(POLLFD_SIZE, wakeUp);
        descriptors.setShort(POLLFD_SIZE + 4, LibC.POLLIN);
    }

    /** That of a descriptor, which is closed if this fails. */
    static Readiness of(int descriptor) throws IOException {
        int wakeUp = LibC.eventfd(0, LibC.O_NONBLOCK | LibC.O_CLOEXEC);
        if (wakeUp < 0) {
            int error = Native.getLastError();
            LibC.close(descriptor);
            throw new IOException("eventfd: " + LibC.message(error));
        }
        return new Readiness(descriptor, wakeUp);
    }

    /** Waits; false if that failed, as {@link Native#getLastError} says. */
    boolean await(long nanoseconds) {
        time.putLong(0, nanoseconds / SECOND).putLong(Long.BYTES, nanoseconds % SECOND);
        int ready = LibC.ppoll(Pointer.nativeValue(descriptors), 2, Pointer.nativeValue(timespec), 0);
        if (ready > 0) {
            LibC.read(wakeUp, Pointer.nativeValue(counter), Long.BYTES);
        }
        return ready >= 0;
    }

    /** Ends the wait in progress or the next one. */
    synchronized void wake() {
        if (!closed) {
            LibC.write(wakeUp, Pointer.nativeValue(one), Long.BYTES);
        }
    }

    synchronized void close() {
        if (!closed) {
            closed = true;
            LibC.close(wakeUp);
        }
    }
}

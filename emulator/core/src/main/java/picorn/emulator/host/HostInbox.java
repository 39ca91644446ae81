// SPDX-License-Identifier: MIT
package picorn.emulator.host;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The only way in for what happens on the host: keys, frames, bytes of sockets. Host threads post to a {@link Port}; the
 * emulation's thread hears them between slices, and the receivers see the octets at the virtual time of that moment. Bounded: a port
 * that gets ahead of the emulation waits.
 *
 * <p>Input is what firmware may come to know of, and a recording keeps; control is what users and debuggers do to the run itself. Control is
 * heard first, and while a debugger holds the core it alone.
 */
public final class HostInbox {
    private static final int CAPACITY = 1024;

    /** Takes what a port was given, on the emulation's thread. The array is its own. */
    @FunctionalInterface
    public interface Receiver {
        /** Octets, in the order in which they were posted. */
        void received(byte[] octets);
    }

    private record Message(Port port, byte[] octets) {}

    /** Of those with a capacity, the one that is asked without a lock whether it is empty, as it is before each slice. */
    private final BlockingQueue<Message> input = new LinkedBlockingQueue<>(CAPACITY);

    private final BlockingQueue<Message> control = new LinkedBlockingQueue<>(CAPACITY);
    private final Lock lock = new ReentrantLock();
    private final Condition arrival = lock.newCondition();
    private final List<Port> ports = new ArrayList<>();

    /** A source with a name, such as "uart1". */
    public final class Port implements AutoCloseable {
        private final String name;
        private final BlockingQueue<Message> queue;
        private final Receiver receiver;

        private Port(String name, BlockingQueue<Message> queue, Receiver receiver) {
            this.name = name;
            this.queue = queue;
            this.receiver = receiver;
        }

        /** Its name. */
        public String name() {
            return name;
        }

        /** From any thread: hands {@code octets} over, waiting while the inbox is full. */
        public void post(byte[] octets) throws InterruptedException {
            queue.put(new Message(this, octets));
            lock.lock();
            arrival.signal();
            lock.unlock();
        }

        private Port counted() {
            synchronized (ports) {
                ports.add(this);
            }
            return this;
        }

        /** Nothing will come from it any more. */
        @Override
        public void close() {
            synchronized (ports) {
                ports.remove(this);
            }
        }
    }

    /** Opens a source of input. While one is open the machine may be woken from outside. */
    public Port open(String name, Receiver receiver) {
        return new Port(name, input, receiver).counted();
    }

    /** Opens a source of input that is not waited for, such as what may come of sockets that others have opened. */
    public Port openUnawaited(String name, Receiver receiver) {
        return new Port(name, input, receiver);
    }

    /** Opens a source of control that is waited for like input, such as a debugger. */
    public Port openControl(String name, Receiver receiver) {
        return new Port(name, control, receiver).counted();
    }

    /** Opens a way in that wakes no core, such as the user's wish to end the run. */
    public Port control(String name, Receiver receiver) {
        return new Port(name, control, receiver);
    }

    /** Whether anything can still come in, or waits here. */
    public boolean isOpen() {
        synchronized (ports) {
            return !ports.isEmpty() || !isEmpty();
        }
    }

    private boolean isEmpty() {
        return input.isEmpty() && control.isEmpty();
    }

    /** On the emulation's thread: hands all control that waits to its receivers. */
    public void hearControl() {
        boolean more = true;
        while (more) {
            more = hear(control);
        }
    }

    /** On the emulation's thread: hands the first input that waits to its receiver; false if there is none. */
    public boolean hearInput() {
        return hear(input);
    }

    private static boolean hear(BlockingQueue<Message> queue) {
        Message message = queue.poll();
        if (message == null) {
            return false;
        }
        message.port().receiver.received(message.octets());
        return true;
    }

    /**
     * On the emulation's thread: waits until there is something to hear, and perhaps less long.
     *
     * @param nanoseconds of the host's time, at most
     * @return whether there is
     */
    public boolean await(long nanoseconds) throws InterruptedException {
        lock.lock();
        try {
            if (isEmpty()) {
                arrival.awaitNanos(nanoseconds);
            }
        } finally {
            lock.unlock();
        }
        return !isEmpty();
    }

    /** On the emulation's thread: waits for control, however long; false if the thread was interrupted instead. */
    public boolean awaitControl() {
        lock.lock();
        try {
            while (control.isEmpty()) {
                arrival.await();
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}

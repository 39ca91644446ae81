// SPDX-License-Identifier: MIT
package picorn.emulator.host;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The only way in for what happens on the host: keys, frames, bytes of sockets. Host threads post to a {@link Port}; the
 * emulation's thread drains between slices, and the receivers see the octets at the virtual time of that moment. Bounded: a port
 * that gets ahead of the emulation waits.
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
    private final BlockingQueue<Message> queue = new LinkedBlockingQueue<>(CAPACITY);

    private final List<Port> ports = new ArrayList<>();

    /** A source of input with a name, such as "uart1". */
    public final class Port implements AutoCloseable {
        private final String name;
        private final Receiver receiver;

        private Port(String name, Receiver receiver) {
            this.name = name;
            this.receiver = receiver;
        }

        /** Its name, by which recorded input finds it again. */
        public String name() {
            return name;
        }

        /** From any thread: hands {@code octets} over, waiting while the inbox is full. */
        public void post(byte[] octets) throws InterruptedException {
            queue.put(new Message(this, octets));
        }

        /** Nothing will come from it any more. */
        @Override
        public void close() {
            synchronized (ports) {
                ports.remove(this);
            }
        }
    }

    /** Opens a source. While one is open the machine may be woken from outside. */
    public Port open(String name, Receiver receiver) {
        Port port = new Port(name, receiver);
        synchronized (ports) {
            ports.add(port);
        }
        return port;
    }

    /** Opens a way in that wakes no core, such as the user's wish to end the run. */
    public Port control(String name, Receiver receiver) {
        return new Port(name, receiver);
    }

    /** Whether anything can still come in, or waits here. */
    public boolean isOpen() {
        synchronized (ports) {
            return !ports.isEmpty() || !queue.isEmpty();
        }
    }

    /** On the emulation's thread: hands everything that waits to its receiver. */
    public void drain() {
        for (Message message = queue.poll(); message != null; message = queue.poll()) {
            message.port().receiver.received(message.octets());
        }
    }

    /**
     * On the emulation's thread: waits for input and hands it over.
     *
     * @param nanoseconds of the host's time, at most
     * @return whether something came
     */
    public boolean await(long nanoseconds) throws InterruptedException {
        Message message = queue.poll(nanoseconds, TimeUnit.NANOSECONDS);
        if (message == null) {
            return false;
        }
        message.port().receiver.received(message.octets());
        drain();
        return true;
    }

    /** On the emulation's thread: waits for input, however long, and hands it over; false if the thread was interrupted instead. */
    public boolean await() {
        try {
            return await(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

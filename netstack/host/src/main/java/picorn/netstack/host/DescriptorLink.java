// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A link over a descriptor of the host's kernel that gives a frame with each read(2) and does not block. */
abstract class DescriptorLink implements HostLink {
    final int descriptor;
    private final String name;
    private final Readiness readiness;
    private final Memory incoming = new Memory(LARGEST_FRAME);
    private final Memory outgoing = new Memory(LARGEST_FRAME);
    private final long incomingAddress = Pointer.nativeValue(incoming);
    private final long outgoingAddress = Pointer.nativeValue(outgoing);
    private final ByteBuffer incomingOctets = incoming.getByteBuffer(0, LARGEST_FRAME);
    private final ByteBuffer outgoingOctets = outgoing.getByteBuffer(0, LARGEST_FRAME);
    private boolean closed;
    private long dropped;

    /**
     * A link that closes the descriptor in the end, or if it cannot be made.
     *
     * @param name what it is to users
     */
    DescriptorLink(String name, int descriptor) throws IOException {
        this.name = name;
        this.descriptor = descriptor;
        readiness = Readiness.of(descriptor);
    }

    /** Sends a frame that stands at an address; negative if the kernel does not take it. */
    abstract long send(long address, int length);

    @Override
    public final void receive(byte[] frame, int offset, int length, long now) {
        outgoingOctets.put(0, frame, offset, length);
        if (send(outgoingAddress, length) < 0) {
            dropped++;
        }
    }

    /**
     * Frames that the kernel did not take: the interface is down, for example, or nobody is at the other end.
     *
     * @return a count
     */
    public final long dropped() {
        return dropped;
    }

    @Override
    public final int take(byte[] into) throws IOException {
        long length = LibC.read(descriptor, incomingAddress, LARGEST_FRAME);
        if (length < 0) {
            return nothing(Native.getLastError());
        }
        incomingOctets.get(0, into, 0, (int) length);
        return (int) length;
    }

    private int nothing(int error) throws IOException {
        if (error == LibC.EAGAIN || error == LibC.EINTR) {
            return 0;
        }
        throw new IOException(name + " is gone: " + LibC.message(error));
    }

    @Override
    public final void await(long nanoseconds) throws IOException {
        if (!readiness.await(nanoseconds)) {
            nothing(Native.getLastError());
        }
    }

    @Override
    public final void wake() {
        readiness.wake();
    }

    @Override
    public final synchronized void close() {
        if (!closed) {
            closed = true;
            LibC.close(descriptor);
            readiness.close();
            cleanUp();
        }
    }

    /** Removes what is left of it when the descriptor is closed. */
    void cleanUp() {}
}

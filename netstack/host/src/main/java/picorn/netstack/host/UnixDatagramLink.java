// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Ethernet frames over datagrams between two Unix sockets (Linux, unix(7)), as QEMU's {@code -netdev dgram} has them (QEMU,
 * net/dgram.c): a datagram is a frame.
 *
 * <pre>{@code
 * HostLink link = UnixDatagramLink.between(Path.of("/run/board"), Path.of("/run/qemu"));
 * // qemu-system-arm ... -netdev dgram,id=n,local.type=unix,local.path=/run/qemu,remote.type=unix,remote.path=/run/board
 * }</pre>
 */
public final class UnixDatagramLink implements HostLink {
    private static final int PATH = 2;
    private static final int LONGEST_PATH = 107;

    private final Path local;
    private final int socket;
    private final Readiness readiness;
    private final Memory to;
    private final Memory outgoing = new Memory(LARGEST_FRAME);
    private final Memory incoming = new Memory(LARGEST_FRAME);
    private final ByteBuffer outgoingOctets = outgoing.getByteBuffer(0, LARGEST_FRAME);
    private final ByteBuffer incomingOctets = incoming.getByteBuffer(0, LARGEST_FRAME);
    private long dropped;
    private boolean closed;

    private UnixDatagramLink(Path local, Memory to, int socket) throws IOException {
        this.local = local;
        this.to = to;
        this.socket = socket;
        readiness = Readiness.of(socket);
    }

    /**
     * Opens one end.
     *
     * @param local the socket's file, which must not exist, and is removed in the end
     * @param remote the other end's, which may come later
     * @return the link
     * @throws IOException in one line, what is wrong
     */
    public static UnixDatagramLink between(Path local, Path remote) throws IOException {
        if (!Platform.isLinux() || Native.POINTER_SIZE != Long.BYTES) {
            throw new IOException("datagrams of Unix sockets: Picorn has them on 64-bit Linux only; take UDP");
        }
        Memory at = address(local);
        Memory to = address(remote);
        int type = LibC.SOCK_DGRAM | LibC.O_NONBLOCK | LibC.O_CLOEXEC;
        int socket = LibC.socket(LibC.AF_UNIX, type, 0);
        if (socket < 0) {
            throw new IOException("socket: " + LibC.message(Native.getLastError()));
        }
        if (LibC.bind(socket, Pointer.nativeValue(at), (int) at.size()) < 0) {
            int error = Native.getLastError();
            LibC.close(socket);
            throw new IOException(local + ": " + LibC.message(error) + "; remove it if nobody uses it");
        }
        return new UnixDatagramLink(local, to, socket);
    }

    private static Memory address(Path path) throws IOException {
        byte[] octets = path.toString().getBytes(StandardCharsets.UTF_8);
        if (octets.length == 0 || octets.length > LONGEST_PATH) {
            throw new IOException("%s: the path of a socket has 1 to %d octets".formatted(path, LONGEST_PATH));
        }
        Memory address = new Memory(PATH + octets.length + 1);
        address.clear();
        address.setShort(0, (short) LibC.AF_UNIX);
        address.write(PATH, octets, 0, octets.length);
        return address;
    }

    @Override
    public void receive(byte[] frame, int offset, int length, long now) {
        outgoingOctets.put(0, frame, offset, length);
        long sent =
                LibC.sendto(socket, Pointer.nativeValue(outgoing), length, 0, Pointer.nativeValue(to), (int) to.size());
        if (sent < 0) {
            dropped++;
        }
    }

    /**
     * Frames that were not sent, nobody being there or not taking them.
     *
     * @return a count
     */
    public long dropped() {
        return dropped;
    }

    @Override
    public int take(byte[] into) throws IOException {
        long length = LibC.read(socket, Pointer.nativeValue(incoming), LARGEST_FRAME);
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
        throw new IOException("the socket " + local + " is gone: " + LibC.message(error));
    }

    @Override
    public void await(long nanoseconds) throws IOException {
        if (!readiness.await(nanoseconds)) {
            nothing(Native.getLastError());
        }
    }

    @Override
    public void wake() {
        readiness.wake();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            LibC.close(socket);
            readiness.close();
            try {
                Files.deleteIfExists(local);
            } catch (IOException e) {
                // its folder is gone too
            }
        }
    }
}

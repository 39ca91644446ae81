// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Pings through the host's kernel (Linux, icmp(7): a datagram socket of IPPROTO_ICMP), which takes no privilege where
 * {@code net.ipv4.ping_group_range} holds the user's group. One thread receives; any may send and close.
 *
 * <pre>{@code
 * try (EchoSocket socket = EchoSocket.open()) {
 *     socket.send(0x0A000901, 1, new byte[56]);
 *     Optional<EchoSocket.Answer> answer = socket.receive();
 * }
 * }</pre>
 */
public final class EchoSocket implements Closeable {
    /** The longest data of an echo. */
    public static final int LARGEST = 65_507;

    private static final int HEADER = 8;
    private static final byte ECHO = 8;
    private static final int SOCKADDR = 16;
    private static final long LONG_WAIT = 60_000_000_000L;
    private static final int ADDRESS = 4;

    private final int socket;
    private final Readiness readiness;
    private final Memory outgoing = new Memory(HEADER + LARGEST);
    private final Memory incoming = new Memory(HEADER + LARGEST);
    private final Memory to = new Memory(SOCKADDR);
    private final Memory from = new Memory(SOCKADDR + Integer.BYTES);
    private volatile boolean closed;

    /**
     * What has come back.
     *
     * @param address bits of the IPv4 address of who answers
     * @param sequence the echo's number
     * @param data the echo's
     */
    public record Answer(int address, int sequence, byte[] data) {}

    private EchoSocket(int socket) throws IOException {
        this.socket = socket;
        readiness = Readiness.of(socket);
        to.clear();
    }

    /**
     * Opens a socket.
     *
     * @return the socket
     * @throws IOException in one line, why the host has none for this user, and how to mend it
     */
    public static EchoSocket open() throws IOException {
        if (!Platform.isLinux() || Native.POINTER_SIZE != Long.BYTES) {
            throw new IOException("pings: Picorn has sockets for them on 64-bit Linux only");
        }
        int flags = LibC.O_NONBLOCK | LibC.O_CLOEXEC;
        int socket = LibC.socket(LibC.AF_INET, LibC.SOCK_DGRAM | flags, LibC.IPPROTO_ICMP);
        if (socket < 0) {
            throw new IOException("pings: the host does not allow them (" + LibC.message(Native.getLastError())
                    + "); sudo sysctl net.ipv4.ping_group_range='0 2147483647' does");
        }
        return new EchoSocket(socket);
    }

    /**
     * Sends an echo; one that the kernel does not take is lost.
     *
     * @param address bits of the IPv4 address
     * @param sequence 0 to 65535
     * @param data at most {@link #LARGEST} octets
     */
    public synchronized void send(int address, int sequence, byte[] data) {
        if (closed) {
            return;
        }
        outgoing.setLong(0, 0); // code, checksum and identifier are the kernel's
        outgoing.setByte(0, ECHO);
        outgoing.setByte(6, (byte) (sequence >> 8));
        outgoing.setByte(7, (byte) sequence);
        outgoing.write(HEADER, data, 0, data.length);
        to.setShort(0, (short) LibC.AF_INET);
        octets(to).putInt(ADDRESS, address);
        LibC.sendto(socket, Pointer.nativeValue(outgoing), HEADER + data.length, 0, Pointer.nativeValue(to), SOCKADDR);
    }

    private static ByteBuffer octets(Memory memory) {
        return memory.getByteBuffer(0, memory.size()).order(ByteOrder.BIG_ENDIAN);
    }

    /**
     * Waits for an answer.
     *
     * @return it, or nothing if what has come is none
     * @throws IOException if the socket is closed
     */
    public Optional<Answer> receive() throws IOException {
        if (!closed) {
            readiness.await(LONG_WAIT);
        }
        if (closed) {
            LibC.close(socket);
            readiness.close();
            throw new IOException("the socket is closed");
        }
        from.setInt(SOCKADDR, SOCKADDR);
        long length = LibC.recvfrom(
                socket,
                Pointer.nativeValue(incoming),
                incoming.size(),
                0,
                Pointer.nativeValue(from),
                Pointer.nativeValue(from) + SOCKADDR);
        if (length < HEADER || incoming.getByte(0) != 0) {
            return Optional.empty();
        }
        int sequence = octets(incoming).getShort(6) & 0xFFFF;
        byte[] data = incoming.getByteArray(HEADER, (int) length - HEADER);
        return Optional.of(new Answer(octets(from).getInt(ADDRESS), sequence, data));
    }

    /** Ends the wait for answers; who waits is told, and the descriptors are closed by it. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            readiness.wake();
        }
    }
}

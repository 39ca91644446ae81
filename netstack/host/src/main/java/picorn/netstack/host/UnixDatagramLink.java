// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
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
public final class UnixDatagramLink extends DescriptorLink {
    private static final int PATH = 2;
    private static final int LONGEST_PATH = 107;

    private final Path local;
    private final Memory to;

    private UnixDatagramLink(Path local, Memory to, int socket) throws IOException {
        super("the socket " + local, socket);
        this.local = local;
        this.to = to;
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
    long send(long address, int length) {
        return LibC.sendto(descriptor, address, length, 0, Pointer.nativeValue(to), (int) to.size());
    }

    @Override
    void cleanUp() {
        try {
            Files.deleteIfExists(local);
        } catch (IOException e) {
            // its folder is gone too
        }
    }
}

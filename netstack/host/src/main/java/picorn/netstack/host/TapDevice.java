// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A TAP interface of the host's kernel (Linux, Documentation/networking/tuntap.rst): what the kernel sends out of the interface is
 * taken here, and what is sent here comes into the kernel by it.
 *
 * <pre>{@code
 * try (TapDevice tap = TapDevice.open("tap0")) {
 *     byte[] frame = new byte[HostLink.LARGEST_FRAME];
 *     tap.await(1_000_000_000L);
 *     int length = tap.take(frame);
 * }
 * }</pre>
 *
 * <p>The interface is made if it does not exist, which takes CAP_NET_ADMIN, as root has it and everybody within
 * {@code unshare -rn}; one that {@code ip tuntap add dev tap0 mode tap user NAME} has made opens to that user. Addresses, and
 * whether it is up, are set on the host: {@code ip addr add 10.0.9.1/24 dev tap0; ip link set tap0 up}.
 */
public final class TapDevice extends DescriptorLink {
    private static final String CLONE_DEVICE = "/dev/net/tun";
    private static final long TUNSETIFF = 0x4004_54CAL;
    private static final short IFF_TAP = 0x0002;
    private static final short IFF_NO_PI = 0x1000;
    private static final int NAME_SIZE = 16;
    private static final int IFREQ_SIZE = 40;

    private final String name;

    private TapDevice(String name, int tap) throws IOException {
        super("TAP interface " + name, tap);
        this.name = name;
    }

    /**
     * Opens a TAP interface, and makes it if there is none of the name.
     *
     * @param name of the interface, 1 to 15 octets
     * @return the device, to be closed by the caller; an interface that was made by it vanishes then
     * @throws IOException in one line, what is wrong and how to mend it
     */
    public static TapDevice open(String name) throws IOException {
        if (!Platform.isLinux() || Native.POINTER_SIZE != Long.BYTES) {
            throw new IOException("TAP interface " + name + ": Picorn opens them on 64-bit Linux only; this is "
                    + System.getProperty("os.name") + " on " + System.getProperty("os.arch"));
        }
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        if (octets.length == 0 || octets.length >= NAME_SIZE) {
            throw new IOException("TAP interface '" + name + "': a name has 1 to 15 octets");
        }
        return new TapDevice(name, attach(name, octets));
    }

    private static int attach(String name, byte[] octets) throws IOException {
        LibC.Variadic c = LibC.variadic();
        int descriptor = c.open(CLONE_DEVICE, LibC.O_RDWR | LibC.O_NONBLOCK | LibC.O_CLOEXEC);
        if (descriptor < 0) {
            throw new IOException("TAP interface " + name + ": " + whyNotOpened(Native.getLastError()));
        }
        Memory request = new Memory(IFREQ_SIZE);
        request.clear();
        request.write(0, octets, 0, octets.length);
        request.setShort(NAME_SIZE, (short) (IFF_TAP | IFF_NO_PI));
        if (c.ioctl(descriptor, TUNSETIFF, request) < 0) {
            int error = Native.getLastError();
            LibC.close(descriptor);
            throw new IOException("TAP interface " + name + ": " + whyNotAttached(name, error));
        }
        return descriptor;
    }

    private static String whyNotOpened(int error) {
        return switch (error) {
            case LibC.ENOENT, LibC.ENODEV, LibC.ENXIO -> "the host has no " + CLONE_DEVICE
                    + "; load its driver: modprobe tun";
            case LibC.EACCES, LibC.EPERM -> "no permission to open " + CLONE_DEVICE
                    + "; run as root or ask for access to it";
            default -> "cannot open " + CLONE_DEVICE + ": " + LibC.message(error);
        };
    }

    private static String whyNotAttached(String name, int error) {
        return switch (error) {
            case LibC.EPERM, LibC.EACCES -> "no permission to use it; make it for your user: sudo ip tuntap add dev "
                    + name + " mode tap user $USER, or run within unshare -rn";
            case LibC.EBUSY -> "it is in use; close the other program or take another name";
            case LibC.EINVAL -> "the name belongs to an interface of another kind, or is none; take another name";
            default -> LibC.message(error);
        };
    }

    /**
     * What the interface is called.
     *
     * @return the name it was opened by
     */
    public String name() {
        return name;
    }

    @Override
    long send(long address, int length) {
        return LibC.write(descriptor, address, length);
    }
}

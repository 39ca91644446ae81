// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** The functions of Linux's C library that links and sockets which Java lacks take (open(2), ioctl(2), poll(2), eventfd(2), icmp(7), unix(7)); 64-bit hosts. */
final class LibC {
    static final int O_RDWR = 2;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x8_0000;
    static final short POLLIN = 1;
    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int SOCK_DGRAM = 2;
    static final int IPPROTO_ICMP = 1;

    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int ENXIO = 6;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int ENODEV = 19;
    static final int EINVAL = 22;

    static {
        Native.register(LibC.class, "c");
    }

    private LibC() {}

    /** What takes a variable number of arguments cannot be mapped directly. */
    interface Variadic extends Library {
        int open(String path, int flags, Object... mode);

        int ioctl(int descriptor, long request, Object... argument);
    }

    static Variadic variadic() {
        return Native.load("c", Variadic.class);
    }

    static native long read(int descriptor, long buffer, long size);

    static native long write(int descriptor, long buffer, long size);

    static native int socket(int family, int type, int protocol);

    static native int bind(int descriptor, long address, int addressSize);

    static native long sendto(int descriptor, long buffer, long size, int flags, long address, int addressSize);

    static native long recvfrom(int descriptor, long buffer, long size, int flags, long address, long addressSize);

    static native int close(int descriptor);

    static native int eventfd(int value, int flags);

    static native int ppoll(long descriptors, long count, long timespec, long signals);

    static native Pointer strerror(int number);

    static String message(int number) {
        return strerror(number).getString(0);
    }
}

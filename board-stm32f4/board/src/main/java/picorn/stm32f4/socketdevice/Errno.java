// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import picorn.netstack.ip.ErrorKind;
import picorn.netstack.ip.SendResult;
import picorn.netstack.tcp.TcpFailure;

/** Errors of commands (docs/socket-device.md, "Commands"), with Linux's numbers. */
enum Errno {
    NONE(0),
    ESRCH(3),
    EIO(5),
    EBADF(9),
    EAGAIN(11),
    EACCES(13),
    EFAULT(14),
    EEXIST(17),
    ENODEV(19),
    EINVAL(22),
    ENFILE(23),
    EPIPE(32),
    EDESTADDRREQ(89),
    EMSGSIZE(90),
    ENOPROTOOPT(92),
    EPROTONOSUPPORT(93),
    ESOCKTNOSUPPORT(94),
    EOPNOTSUPP(95),
    EADDRINUSE(98),
    EADDRNOTAVAIL(99),
    ENETUNREACH(101),
    ECONNRESET(104),
    ENOBUFS(105),
    EISCONN(106),
    ENOTCONN(107),
    ETIMEDOUT(110),
    ECONNREFUSED(111),
    EHOSTUNREACH(113),
    EALREADY(114),
    EINPROGRESS(115);

    final int number;
    private final Refused refused;

    Errno(int number) {
        this.number = number;
        refused = new Refused(number);
    }

    /** Ends a command; there is one for each error, so that to refuse costs nothing. */
    Refused refused() {
        return refused;
    }

    static Errno of(TcpFailure failure) {
        return switch (failure) {
            case REFUSED -> ECONNREFUSED;
            case RESET -> ECONNRESET;
            case TIMED_OUT -> ETIMEDOUT;
            case UNREACHABLE -> EHOSTUNREACH;
            case OUT_OF_MEMORY -> ENOBUFS;
        };
    }

    static Errno of(SendResult result) {
        return switch (result) {
            case SENT -> NONE;
            case NO_ROUTE -> ENETUNREACH;
            case TOO_LARGE -> EMSGSIZE;
            case OUT_OF_MEMORY -> ENOBUFS;
            case BROADCAST_FORBIDDEN -> EACCES;
            case UNREACHABLE -> ECONNREFUSED;
        };
    }

    static Errno of(ErrorKind kind) {
        return switch (kind) {
            case PORT_UNREACHABLE -> ECONNREFUSED;
            case PROTOCOL_UNREACHABLE -> ENOPROTOOPT;
            case NETWORK_UNREACHABLE -> ENETUNREACH;
            case TOO_BIG -> EMSGSIZE;
            default -> EHOSTUNREACH;
        };
    }
}

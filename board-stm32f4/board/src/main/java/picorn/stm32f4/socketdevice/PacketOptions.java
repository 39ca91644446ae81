// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import picorn.netstack.ip.SendOptions;

/** The options of datagrams and raw packets (docs/socket-device.md, "Commands"), numbered by Linux's level and name. */
final class PacketOptions {
    static final int SO_RCVBUF = 1 << 16 | 8;
    static final int IP_HDRINCL = 3;

    private static final int SO_SNDBUF = 1 << 16 | 7;
    private static final int SO_KEEPALIVE = 1 << 16 | 9;
    private static final int IP_TOS = 1;
    private static final int IP_TTL = 2;
    private static final int DEFAULT_TTL = SendOptions.DEFAULT.hopLimit();

    private PacketOptions() {}

    static SendOptions set(SendOptions how, int option, int value) throws Refused {
        return switch (option) {
            case SO_SNDBUF, SO_KEEPALIVE -> how;
            case IP_TOS -> how.typeOfService(value & 0xFF);
            case IP_TTL -> how.hopLimit(hops(value));
            default -> throw Errno.ENOPROTOOPT.refused();
        };
    }

    private static int hops(int value) throws Refused {
        if (value == -1) {
            return DEFAULT_TTL;
        }
        if (value < 1 || value > 255) {
            throw Errno.EINVAL.refused();
        }
        return value;
    }

    static int get(SendOptions how, int option) throws Refused {
        return switch (option) {
            case IP_TOS -> how.typeOfService();
            case IP_TTL -> how.hopLimit();
            default -> throw Errno.ENOPROTOOPT.refused();
        };
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.udp;

/** Checks of port numbers that callers give. */
final class Ports {
    private Ports() {}

    /** The port, if it is one. */
    static int check(int port) {
        if (port < 1 || port > 0xFFFF) {
            throw new IllegalArgumentException("a UDP port is 1 to 65535, not " + port);
        }
        return port;
    }
}

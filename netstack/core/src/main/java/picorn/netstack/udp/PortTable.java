// SPDX-License-Identifier: MIT
package picorn.netstack.udp;

/** Sockets by port: open addressing with linear probing, never more than half full. */
final class PortTable {
    private UdpSocket[] slots = new UdpSocket[8];
    private int size;

    /** Whether there is a socket at a port. */
    boolean contains(int port) {
        return slots[slotOf(slots, port)] != null;
    }

    /** The socket at a port, at which there is one. */
    UdpSocket get(int port) {
        return slots[slotOf(slots, port)];
    }

    void add(UdpSocket socket) {
        if (2 * ++size > slots.length) {
            rebuild(2 * slots.length);
        }
        slots[slotOf(slots, socket.port())] = socket;
    }

    void remove(UdpSocket socket) {
        int slot = slotOf(slots, socket.port());
        if (slots[slot] == socket) {
            slots[slot] = null;
            size--;
            rebuild(slots.length);
        }
    }

    int size() {
        return size;
    }

    private void rebuild(int capacity) {
        UdpSocket[] rebuilt = new UdpSocket[capacity];
        for (UdpSocket socket : slots) {
            if (socket != null) {
                rebuilt[slotOf(rebuilt, socket.port())] = socket;
            }
        }
        slots = rebuilt;
    }

    private static int slotOf(UdpSocket[] slots, int port) {
        int slot = (port * 0x9E37_79B1 >>> 16) & slots.length - 1;
        while (slots[slot] != null && slots[slot].port() != port) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.udp;

/** Owners of ports, in chains of which few have more than one. */
final class PortTable {
    private PortOwner[] heads = new PortOwner[8];
    private int size;

    /** The owner of a port, or null. */
    PortOwner find(int port) {
        PortOwner owner = heads[slot(port)];
        while (owner != null && owner.port != port) {
            owner = owner.next;
        }
        return owner;
    }

    void add(PortOwner owner) {
        if (++size > heads.length) {
            grow();
        }
        link(owner);
    }

    /** Takes the owner of a port out. */
    void remove(PortOwner owner) {
        size--;
        int slot = slot(owner.port);
        PortOwner head = heads[slot];
        heads[slot] = null;
        relink(head, owner);
    }

    private void grow() {
        PortOwner[] old = heads;
        heads = new PortOwner[2 * old.length];
        for (PortOwner head : old) {
            relink(head, null);
        }
    }

    /** Links a chain anew, all but one. */
    private void relink(PortOwner head, PortOwner without) {
        PortOwner owner = head;
        while (owner != null) {
            PortOwner rest = owner.next;
            if (owner != without) {
                link(owner);
            }
            owner = rest;
        }
    }

    private void link(PortOwner owner) {
        int slot = slot(owner.port);
        owner.next = heads[slot];
        heads[slot] = owner;
    }

    private int slot(int port) {
        return (port * 0x9E37_79B1 >>> 16) & heads.length - 1;
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.ethernet;

import picorn.netstack.context.StackContext;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;

/** The VLANs of one Ethernet (IEEE 802.1Q, section 9.6): each is an interface of its own, whose frames are tagged here. */
final class Vlans implements TagHandler {
    private static final U16 TAG = U16.at(0);
    private static final U16 TYPE = TAG.next();
    private static final int SIZE = TYPE.end();
    private static final int ID = 0xFFF;
    private static final int ADDRESSES = 12;

    private final EthernetInterface parent;
    private final StackContext context;
    private final Ipv4 ipv4;
    private final EthernetInterface[] byId = new EthernetInterface[ID];
    private final Octets data = new Octets();
    private final Octets tag = new Octets();

    /** Those of an Ethernet: the ones that handle its tags, or none yet. */
    static Vlans on(EthernetInterface parent, TagHandler tags, StackContext context, Ipv4 ipv4) {
        return tags instanceof Vlans there ? there : new Vlans(parent, context, ipv4);
    }

    Vlans(EthernetInterface parent, StackContext context, Ipv4 ipv4) {
        context.budget().demand(8L * ID, "the VLANs of " + parent.name());
        this.parent = parent;
        this.context = context;
        this.ipv4 = ipv4;
        // Frames with a priority but no VLAN are the Ethernet's own.
        byId[0] = parent;
    }

    EthernetInterface open(int id, EthernetConfig config) {
        if (id < 1 || id >= ID) {
            throw new IllegalArgumentException("a VLAN is 1 to 4094, not " + id);
        }
        if (byId[id] != null) {
            throw new IllegalStateException(parent.name() + " has an interface to VLAN " + id + "; use that");
        }
        int room = parent.headroom() + SIZE;
        byId[id] = new EthernetInterface(
                context, config, ipv4, (frame, offset, length, now) -> send(id, frame, offset, length, now), room);
        ipv4.add(byId[id]);
        ipv4.add(byId[id], config.ipv4());
        return byId[id];
    }

    @Override
    public void receive(long destination, Octets tagged) throws Malformed {
        tagged.require(SIZE, VlanDrop.TRUNCATED);
        int id = TAG.get(tagged) & ID;
        if (id == ID || byId[id] == null) {
            throw VlanDrop.UNKNOWN.malformed();
        }
        data.aim(tagged, SIZE, tagged.length() - SIZE);
        byId[id].accept(destination, TYPE.get(tagged), data);
    }

    /** Moves the addresses of a frame forward and puts the tag between them and the type. */
    private void send(int id, byte[] frame, int offset, int length, long now) {
        System.arraycopy(frame, offset, frame, offset - SIZE, ADDRESSES);
        tag.aim(frame, offset - SIZE + ADDRESSES, SIZE);
        TAG.set(tag, EthernetHeader.VLAN);
        TYPE.set(tag, id);
        parent.emit(frame, offset - SIZE, length + SIZE, now);
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.PacketPool;
import picorn.netstack.context.Report;
import picorn.netstack.context.Reported;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U8;

/** Cuts packets up (RFC 791, section 3.2, "An Example Fragmentation Procedure"); all pieces but the first have copied options only. */
public final class Fragmenter implements Fragmentation, Reported {
    private static final int COPIED = 0x80;
    private static final int NO_OPERATION = 1;

    private final Ipv4 ipv4;
    private long packets;
    private long fragments;

    private Fragmenter(Ipv4 ipv4) {
        this.ipv4 = ipv4;
    }

    /**
     * Lets a stack cut up packets.
     *
     * @param ipv4 the stack's
     * @return the module
     */
    public static Fragmenter join(Ipv4 ipv4) {
        Fragmenter module = new Fragmenter(ipv4);
        ipv4.fragmentation(module);
        ipv4.reportOn(module);
        return module;
    }

    @Override
    public void send(PacketBuffer packet, NetworkInterface via, int nextHop, int mtu) {
        Octets in = packet.octets();
        int header = Ipv4Fields.headerLength(in);
        int step = mtu - header & ~7;
        int first = Ipv4Fields.fragmentOffset(in);
        boolean followed = Ipv4Fields.isFollowed(in);
        packets++;
        for (int at = 0; header + at < in.length(); at += step) {
            int length = Math.min(step, in.length() - header - at);
            boolean last = header + at + length == in.length() && !followed;
            if (!send(
                    in, header, at, length, via, nextHop, (first + at) / 8 | (last ? 0 : Ipv4Header.MORE_FRAGMENTS))) {
                break;
            }
        }
        ipv4.context().packets().giveBack(packet);
    }

    private boolean send(Octets in, int header, int at, int length, NetworkInterface via, int nextHop, int fragment) {
        PacketPool pool = ipv4.context().packets();
        int room = via.headroom();
        if (pool.isDry(room + header + length)) {
            ipv4.context().drops().count(Drop.MEMORY_DRY);
            return false;
        }
        PacketBuffer piece = pool.take(room + header + length);
        Octets out = piece.start(room, header + length);
        out.put(0, in, 0, header);
        out.put(header, in, header + at, length);
        Ipv4Fields.TOTAL_LENGTH.set(out, header + length);
        Ipv4Fields.FRAGMENT.set(out, fragment);
        if ((fragment & 0x1FFF) != 0) {
            blankOptions(out, header);
        }
        Ipv4Fields.seal(out, via.offload());
        fragments++;
        via.sendIpv4(piece, nextHop);
        return true;
    }

    /** Overwrites options that belong into the first piece only; the header keeps its length. */
    private static void blankOptions(Octets out, int header) {
        int at = Ipv4Fields.SIZE;
        while (at < header && out.octet(at) != 0) {
            int size = out.octet(at) == NO_OPERATION || at + 1 == header ? 1 : Math.max(out.octet(at + 1), 1);
            int end = Math.min(header, at + size);
            boolean copied = (out.octet(at) & COPIED) != 0;
            for (; at < end; at++) {
                if (!copied) {
                    U8.at(at).set(out, NO_OPERATION);
                }
            }
        }
    }

    @Override
    public void report(Report report) {
        report.add("ipv4.packets-fragmented", packets).add("ipv4.fragments-sent", fragments);
    }
}

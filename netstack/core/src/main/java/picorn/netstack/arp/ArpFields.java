// SPDX-License-Identifier: MIT
package picorn.netstack.arp;

import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;
import picorn.netstack.octets.U32;
import picorn.netstack.octets.U48;
import picorn.netstack.octets.U8;

/** Where the fields of an ARP packet are (RFC 826), and what must hold of it. */
public final class ArpFields {
    static final U16 HARDWARE_TYPE = U16.at(0);
    static final U16 PROTOCOL_TYPE = HARDWARE_TYPE.next();
    static final U8 HARDWARE_LENGTH = U8.after(PROTOCOL_TYPE);
    static final U8 PROTOCOL_LENGTH = HARDWARE_LENGTH.next();
    static final U16 OPERATION = U16.after(PROTOCOL_LENGTH);
    static final U48 SENDER_HARDWARE = U48.after(OPERATION);
    static final U32 SENDER_PROTOCOL = U32.after(SENDER_HARDWARE);
    static final U48 TARGET_HARDWARE = U48.after(SENDER_PROTOCOL);
    static final U32 TARGET_PROTOCOL = U32.after(TARGET_HARDWARE);

    /** Octets of the packet. */
    public static final int SIZE = TARGET_PROTOCOL.end();

    private static final int ETHERNET = 1;
    private static final int IPV4 = 0x0800;

    /**
     * Writes a packet whose fields are not made into values before.
     *
     * @param out room for {@link #SIZE} octets
     * @param operation {@link ArpPacket#REQUEST} or {@link ArpPacket#REPLY}
     * @param senderHardware bits of the sender's Ethernet address
     * @param senderProtocol bits of the sender's IPv4 address
     * @param targetHardware bits of the target's Ethernet address
     * @param targetProtocol bits of the target's IPv4 address
     */
    public static void write(
            Octets out,
            int operation,
            long senderHardware,
            int senderProtocol,
            long targetHardware,
            int targetProtocol) {
        HARDWARE_TYPE.set(out, ETHERNET);
        PROTOCOL_TYPE.set(out, IPV4);
        HARDWARE_LENGTH.set(out, 6);
        PROTOCOL_LENGTH.set(out, 4);
        OPERATION.set(out, operation);
        SENDER_HARDWARE.set(out, senderHardware);
        SENDER_PROTOCOL.set(out, senderProtocol);
        TARGET_HARDWARE.set(out, targetHardware);
        TARGET_PROTOCOL.set(out, targetProtocol);
    }

    static void check(Octets in) throws Malformed {
        in.require(SIZE, ArpDrop.TRUNCATED);
        if (HARDWARE_TYPE.get(in) != ETHERNET
                || PROTOCOL_TYPE.get(in) != IPV4
                || HARDWARE_LENGTH.get(in) != 6
                || PROTOCOL_LENGTH.get(in) != 4) {
            throw ArpDrop.NOT_ETHERNET_IPV4.malformed();
        }
        if (OPERATION.get(in) != ArpPacket.REQUEST && OPERATION.get(in) != ArpPacket.REPLY) {
            throw ArpDrop.BAD_OPCODE.malformed();
        }
    }

    private ArpFields() {}
}

// SPDX-License-Identifier: MIT
package picorn.netstack.host.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Frames with checksums that are right whatever they hold, so that a fuzzer gets past them; written without the stack's code. */
final class Frames {
    static final long OUR_MAC = 0x0200_0000_0902L;
    static final long PEER_MAC = 0x0200_0000_0901L;
    static final int US = 0x0A00_0902;
    static final int PEER = 0x0A00_0901;
    private static final int ETHERNET = 14;
    private static final int IPV4 = 20;

    private Frames() {}

    /** Puts a checksum over a part of an array into a place in it, if both exist. */
    static void seal(byte[] octets, int at, int from, int to) {
        if (to <= octets.length && at + 2 <= to && from < to) {
            seal(octets, at, from, to, 0);
        }
    }

    private static void seal(byte[] octets, int at, int from, int to, long pseudo) {
        octets[at] = 0;
        octets[at + 1] = 0;
        long sum = pseudo;
        for (int i = from; i < to; i++) {
            sum += (i - from & 1) == 0 ? (octets[i] & 0xFF) << 8 : octets[i] & 0xFF;
        }
        while (sum > 0xFFFF) {
            sum = (sum >>> 16) + (sum & 0xFFFF);
        }
        octets[at] = (byte) (~sum >>> 8);
        octets[at + 1] = (byte) ~sum;
    }

    /** An ARP request of the peer's for us, by which we learn its address. */
    static byte[] arpRequest() {
        ByteBuffer frame = ByteBuffer.allocate(60);
        mac(mac(frame, 0xFFFF_FFFF_FFFFL), PEER_MAC).putShort((short) 0x0806);
        frame.putShort((short) 1)
                .putShort((short) 0x0800)
                .put((byte) 6)
                .put((byte) 4)
                .putShort((short) 1);
        mac(frame, PEER_MAC).putInt(PEER);
        mac(frame, 0).putInt(US);
        return frame.array();
    }

    /** A frame of the peer's with any payload. */
    static byte[] ethernet(int type, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(Math.max(60, ETHERNET + payload.length));
        mac(mac(frame, OUR_MAC), PEER_MAC).putShort((short) type).put(payload);
        return frame.array();
    }

    /** A packet from the peer, its checksum and that of the protocol within made right. */
    static byte[] ipv4(int protocol, int destination, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(IPV4 + payload.length);
        packet.put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (IPV4 + payload.length))
                .putInt(0);
        packet.put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0)
                .putInt(PEER)
                .putInt(destination)
                .put(payload);
        sealWithin(packet.array(), IPV4);
        seal(packet.array(), 10, 0, IPV4);
        return packet.array();
    }

    /** Puts the checksums of a packet right as far as its lengths make sense. */
    static byte[] sealed(byte[] packet) {
        if (packet.length >= IPV4) {
            int header = (packet[0] & 0xF) * 4;
            seal(packet, 10, 0, header);
            if (header >= IPV4 && header <= packet.length) {
                sealWithin(packet, header);
            }
        }
        return packet;
    }

    private static void sealWithin(byte[] packet, int from) {
        int at =
                switch (packet[9]) {
                    case 1, 2 -> 2;
                    case 6 -> 16;
                    case 17 -> 6;
                    default -> packet.length;
                };
        if (from + at + 2 <= packet.length) {
            boolean pseudo = packet[9] == 6 || packet[9] == 17;
            seal(packet, from + at, from, packet.length, pseudo ? pseudoHeader(packet, packet.length - from) : 0);
        }
    }

    private static long pseudoHeader(byte[] packet, int length) {
        ByteBuffer header = ByteBuffer.wrap(packet);
        long sum = (packet[9] & 0xFF) + (long) length;
        for (int i = 12; i < IPV4; i += 2) {
            sum += header.getShort(i) & 0xFFFF;
        }
        return sum;
    }

    private static ByteBuffer mac(ByteBuffer frame, long mac) {
        return frame.putShort((short) (mac >>> 32)).putInt((int) mac);
    }

    /** What an IPv4 packet in a frame of ours carries. */
    static byte[] payload(byte[] frame) {
        int length = (frame[ETHERNET + 2] & 0xFF) << 8 | frame[ETHERNET + 3] & 0xFF;
        return Arrays.copyOfRange(frame, ETHERNET + IPV4, ETHERNET + length);
    }

    static boolean isTcp(byte[] frame) {
        return frame[12] == 8 && frame[13] == 0 && frame[ETHERNET + 9] == 6;
    }
}

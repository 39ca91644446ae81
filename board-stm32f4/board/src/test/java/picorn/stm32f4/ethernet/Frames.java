// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/** Frames for tests, and the checksum of RFC 1071 written once more, without the code under test. */
final class Frames {
    static final int IPV4 = 0x0800;
    static final int IPV6 = 0x86DD;

    private Frames() {}

    static byte[] mac(String text) {
        byte[] address = new byte[6];
        String[] octets = text.split(":");
        for (int i = 0; i < 6; i++) {
            address[i] = (byte) Integer.parseInt(octets[i], 16);
        }
        return address;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] u16s(int... values) {
        byte[] octets = new byte[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            octets[2 * i] = (byte) (values[i] >>> 8);
            octets[2 * i + 1] = (byte) values[i];
        }
        return octets;
    }

    static byte[] ethernet(byte[] to, byte[] from, int type, byte[] payload) {
        return join(to, from, u16s(type), payload);
    }

    /** A frame of {@code length} octets to the rig's address, with random contents. */
    static byte[] random(int length, Random random) {
        byte[] payload = new byte[length - 14];
        random.nextBytes(payload);
        return ethernet(Rig.OWN_ADDRESS, Rig.PEER, 0x88B5, payload);
    }

    /** An IPv4 packet without options; the header checksum is 0. */
    static byte[] ipv4(int protocol, byte[] payload) {
        byte[] header = u16s(
                0x4500, 20 + payload.length, 0x1234, 0x4000, 64 << 8 | protocol, 0, 0x0A00, 0x020F, 0x0A00, 0x0202);
        return join(header, payload);
    }

    /** An IPv6 packet. */
    static byte[] ipv6(int nextHeader, byte[] payload) {
        byte[] header = u16s(
                0x6000,
                0,
                payload.length,
                nextHeader << 8 | 64,
                0xFE80,
                0,
                0,
                0,
                0,
                0,
                0,
                1,
                0xFE80,
                0,
                0,
                0,
                0,
                0,
                0,
                2);
        return join(header, payload);
    }

    /** The complement of the ones' complement sum of 16-bit words, by the letter of RFC 1071. */
    static int checksum(byte[]... parts) {
        byte[] all = join(parts);
        long sum = 0;
        for (int i = 0; i < all.length; i++) {
            sum += (long) (all[i] & 0xFF) << (i % 2 == 0 ? 8 : 0);
            if (sum > 0xFFFF) {
                sum -= 0xFFFF;
            }
        }
        return (int) ~sum & 0xFFFF;
    }

    static int u16(byte[] octets, int at) {
        return (octets[at] & 0xFF) << 8 | octets[at + 1] & 0xFF;
    }

    static byte[] with16(byte[] octets, int at, int value) {
        byte[] copy = octets.clone();
        copy[at] = (byte) (value >>> 8);
        copy[at + 1] = (byte) value;
        return copy;
    }
}

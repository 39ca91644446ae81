// SPDX-License-Identifier: MIT
package picorn.netstack.testing.script;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A frame that the stack has sent.
 *
 * @param time when, in nanoseconds
 * @param kind tcp, udp, icmp, arp, ip or ethernet
 * @param fields numbers by name, of all its layers; addresses are numbers too
 * @param packet the IP or ARP packet without padding
 */
public record Sent(long time, String kind, Map<String, Long> fields, byte[] packet) {
    public static Sent parse(byte[] frame, long time) {
        Map<String, Long> fields = new TreeMap<>();
        ByteBuffer in = ByteBuffer.wrap(frame);
        fields.put("eth-dst", (long) (in.getShort(0) & 0xFFFF) << 32 | in.getInt(2) & 0xFFFF_FFFFL);
        int type = in.getShort(12) & 0xFFFF;
        byte[] rest = Arrays.copyOfRange(frame, 14, frame.length);
        return switch (type) {
            case 0x0800 -> ip(time, fields, rest);
            case 0x0806 -> arp(time, fields, rest);
            default -> new Sent(time, "ethernet", fields, rest);
        };
    }

    private static Sent arp(long time, Map<String, Long> fields, byte[] packet) {
        ByteBuffer in = ByteBuffer.wrap(packet);
        fields.put("op", (long) in.getShort(6));
        fields.put("sender", in.getInt(14) & 0xFFFF_FFFFL);
        fields.put("target", in.getInt(24) & 0xFFFF_FFFFL);
        return new Sent(time, "arp", fields, packet);
    }

    private static Sent ip(long time, Map<String, Long> fields, byte[] padded) {
        ByteBuffer in = ByteBuffer.wrap(padded);
        byte[] packet = Arrays.copyOf(padded, in.getShort(2) & 0xFFFF);
        int header = (packet[0] & 15) * 4;
        if (Checksums.of(packet, 0, header, 0) != 0) {
            throw new AssertionError("the stack has sent an IPv4 header with a wrong checksum");
        }
        int fragment = in.getShort(6) & 0xFFFF;
        fields.put("header", (long) header);
        fields.put("tos", (long) packet[1] & 0xFF);
        fields.put("len", (long) packet.length - header);
        fields.put("id", (long) in.getShort(4) & 0xFFFF);
        fields.put("df", (long) fragment >> 14 & 1);
        fields.put("mf", (long) fragment >> 13 & 1);
        fields.put("frag", (long) (fragment & 0x1FFF) * 8);
        fields.put("ttl", (long) packet[8] & 0xFF);
        fields.put("proto", (long) packet[9] & 0xFF);
        fields.put("src", in.getInt(12) & 0xFFFF_FFFFL);
        fields.put("dst", in.getInt(16) & 0xFFFF_FFFFL);
        if ((fragment & 0x3FFF) != 0) {
            return new Sent(time, "ip", fields, packet);
        }
        return switch (packet[9]) {
            case 1 -> icmp(time, fields, packet, header);
            case 6 -> new Sent(time, "tcp", fields, packet);
            case 17 -> udp(time, fields, packet, header);
            default -> new Sent(time, "ip", fields, packet);
        };
    }

    private static Sent icmp(long time, Map<String, Long> fields, byte[] packet, int at) {
        if (Checksums.of(packet, at, packet.length - at, 0) != 0) {
            throw new AssertionError("the stack has sent ICMP with a wrong checksum");
        }
        ByteBuffer in = ByteBuffer.wrap(packet);
        fields.put("type", (long) packet[at] & 0xFF);
        fields.put("code", (long) packet[at + 1] & 0xFF);
        fields.put("ident", (long) in.getShort(at + 4) & 0xFFFF);
        fields.put("seq", (long) in.getShort(at + 6) & 0xFFFF);
        return new Sent(time, "icmp", fields, packet);
    }

    private static Sent udp(long time, Map<String, Long> fields, byte[] packet, int at) {
        ByteBuffer in = ByteBuffer.wrap(packet);
        fields.put("sport", (long) in.getShort(at) & 0xFFFF);
        fields.put("dport", (long) in.getShort(at + 2) & 0xFFFF);
        fields.put("checksum", (long) in.getShort(at + 6) & 0xFFFF);
        return new Sent(time, "udp", fields, packet);
    }

    public Optional<Tcp4> tcp() {
        return kind.equals("tcp") ? Optional.of(Tcp4.parse(packet)) : Optional.empty();
    }
}

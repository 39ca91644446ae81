// SPDX-License-Identifier: MIT
package picorn.netstack.testing.script;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;

/** Frames that are not TCP, made of {@code name=number} pairs; addresses may be written with dots. */
final class Injections {
    private Injections() {}

    static Map<String, Long> fields(String text) {
        Map<String, Long> fields = new TreeMap<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(" ")) {
            String[] pair = part.split("=");
            fields.put(pair[0], number(pair[1]));
        }
        return fields;
    }

    static long number(String text) {
        return text.contains(".") ? Ipv4Address.parse(text).bits() & 0xFFFF_FFFFL : Long.decode(text);
    }

    static byte[] frame(String kind, String text) {
        Map<String, Long> fields = fields(text);
        if (kind.equals("arp")) {
            return arp(fields);
        }
        byte[] payload =
                switch (kind) {
                    case "icmp" -> icmp(fields);
                    case "udp" -> udp(fields);
                    default -> Stream.octets(fields.getOrDefault("frag", 0L), length(fields));
                };
        int protocol = Map.of("icmp", 1, "udp", 17).getOrDefault(kind, 99);
        MacAddress to = fields.getOrDefault("broadcast", 0L) != 0 ? MacAddress.BROADCAST : Station.OUR_MAC;
        return Frames.ethernet(to, Station.PEER_MAC, EthernetHeader.IPV4, ip(fields, protocol, payload));
    }

    private static int length(Map<String, Long> fields) {
        return fields.getOrDefault("len", 0L).intValue();
    }

    private static byte[] arp(Map<String, Long> fields) {
        int operation = fields.getOrDefault("op", 1L).intValue();
        Ipv4Address sender = new Ipv4Address(
                fields.getOrDefault("sender", address(Station.PEER)).intValue());
        Ipv4Address target = new Ipv4Address(
                fields.getOrDefault("target", address(Station.US)).intValue());
        MacAddress from = new MacAddress(fields.getOrDefault("mac", Station.PEER_MAC.bits()));
        MacAddress to = operation == 1 ? MacAddress.BROADCAST : Station.OUR_MAC;
        return Frames.ethernet(
                to, from, EthernetHeader.ARP, Frames.arp(operation, from, sender, Station.NOBODY, target));
    }

    private static long address(Ipv4Address address) {
        return address.bits() & 0xFFFF_FFFFL;
    }

    private static byte[] icmp(Map<String, Long> fields) {
        ByteBuffer out = ByteBuffer.allocate(8 + length(fields));
        out.put(fields.getOrDefault("type", 8L).byteValue())
                .put(fields.getOrDefault("code", 0L).byteValue());
        out.putShort((short) 0).putShort(fields.getOrDefault("ident", 1L).shortValue());
        out.putShort(fields.getOrDefault("seq", 1L).shortValue()).put(Stream.octets(0, length(fields)));
        return checked(out, fields);
    }

    private static byte[] checked(ByteBuffer message, Map<String, Long> fields) {
        int wrong = fields.getOrDefault("bad", 0L).intValue();
        message.putShort(2, (short) (Checksums.of(message.array(), 0, message.capacity(), 0) + wrong));
        return message.array();
    }

    private static byte[] udp(Map<String, Long> fields) {
        return Frames.udp(
                Station.PEER,
                fields.getOrDefault("sport", 4000L).intValue(),
                new Ipv4Address(fields.getOrDefault("dst", address(Station.US)).intValue()),
                fields.getOrDefault("dport", 9L).intValue(),
                Stream.octets(0, length(fields)));
    }

    private static byte[] ip(Map<String, Long> fields, int protocol, byte[] payload) {
        byte[] part = payload;
        long frag = fields.getOrDefault("frag", 0L);
        if (fields.containsKey("cut")) {
            int from = fields.getOrDefault("from", frag).intValue();
            part = Arrays.copyOfRange(
                    payload,
                    from,
                    Math.min(payload.length, from + fields.get("cut").intValue()));
        }
        ByteBuffer out = ByteBuffer.allocate(20 + part.length);
        out.put((byte) 0x45).put(fields.getOrDefault("tos", 0L).byteValue());
        out.putShort((short) out.capacity())
                .putShort(fields.getOrDefault("id", 77L).shortValue());
        int flags = fields.getOrDefault("mf", 0L).intValue() << 13
                | fields.getOrDefault("df", 0L).intValue() << 14;
        out.putShort((short) (flags | (int) (frag / 8)));
        out.put(fields.getOrDefault("ttl", 64L).byteValue());
        out.put(fields.getOrDefault("proto", (long) protocol).byteValue()).putShort((short) 0);
        out.putInt(fields.getOrDefault("src", address(Station.PEER)).intValue());
        out.putInt(fields.getOrDefault("dst", address(Station.US)).intValue());
        out.putShort(10, (short) (Checksums.of(out.array(), 0, 20, 0) + fields.getOrDefault("badip", 0L)));
        out.put(part);
        return out.array();
    }

    /** An ICMP error that quotes a packet: type, code, and the next hop's MTU. */
    static byte[] icmpError(Map<String, Long> fields, byte[] quoted) {
        byte[] quote = Arrays.copyOf(quoted, Math.min(quoted.length, 28));
        ByteBuffer out = ByteBuffer.allocate(8 + quote.length);
        out.put(fields.getOrDefault("type", 3L).byteValue())
                .put(fields.getOrDefault("code", 0L).byteValue());
        out.putShort((short) 0).putShort((short) 0);
        out.putShort(fields.getOrDefault("mtu", 0L).shortValue()).put(quote);
        return ip(Map.of(), 1, checked(out, Map.of()));
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.testing.script;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A TCP segment in an IPv4 packet, written and read here independently of the stack under test (RFC 791, RFC 9293). Sequence
 * numbers are absolute.
 */
public record Tcp4(
        int srcIp,
        int dstIp,
        int ecn,
        int srcPort,
        int dstPort,
        int seq,
        int ack,
        int flags,
        int window,
        int urgent,
        byte[] options,
        byte[] data) {
    public static final int FIN = 1;
    public static final int SYN = 2;
    public static final int RST = 4;
    public static final int PSH = 8;
    public static final int ACK = 16;
    public static final int URG = 32;
    public static final int ECE = 64;
    public static final int CWR = 128;
    private static final String LETTERS = "FSRP.UEW";

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** The same to another address. */
    public Tcp4 to(int address) {
        return new Tcp4(srcIp, address, ecn, srcPort, dstPort, seq, ack, flags, window, urgent, options, data);
    }

    /** Sequence numbers that it takes (RFC 9293, SEG.LEN). */
    public int length() {
        return data.length + (has(SYN) ? 1 : 0) + (has(FIN) ? 1 : 0);
    }

    public static int flags(String letters) {
        int flags = 0;
        for (char letter : letters.toCharArray()) {
            int bit = LETTERS.indexOf(letter);
            if (bit < 0) {
                throw new IllegalArgumentException("flags are letters of " + LETTERS + " or -, not " + letters);
            }
            flags |= 1 << bit;
        }
        return flags;
    }

    public static String letters(int flags) {
        StringBuilder letters = new StringBuilder();
        for (int bit : new int[] {1, 0, 2, 3, 4, 5, 6, 7}) {
            letters.append((flags & 1 << bit) != 0 ? String.valueOf(LETTERS.charAt(bit)) : "");
        }
        return letters.isEmpty() ? "-" : letters.toString();
    }

    /** The whole IPv4 packet, checksums included. */
    public byte[] packet() {
        byte[] padded = Arrays.copyOf(options, (options.length + 3) / 4 * 4);
        int tcpLength = 20 + padded.length + data.length;
        ByteBuffer out = ByteBuffer.allocate(20 + tcpLength);
        out.putShort((short) (0x4500 | ecn)).putShort((short) (20 + tcpLength)).putInt(0x1234_4000);
        out.putShort((short) 0x4006).putShort((short) 0).putInt(srcIp).putInt(dstIp);
        out.putShort((short) srcPort).putShort((short) dstPort).putInt(seq).putInt(ack);
        out.putShort((short) ((20 + padded.length) << 10 | flags)).putShort((short) window);
        out.putShort((short) 0).putShort((short) urgent).put(padded).put(data);
        out.putShort(10, (short) Checksums.of(out.array(), 0, 20, 0));
        out.putShort(
                36, (short) Checksums.of(out.array(), 20, tcpLength, Checksums.pseudo(srcIp, dstIp, 6, tcpLength)));
        return out.array();
    }

    /** Reads a packet that the stack has sent; a wrong checksum or length is an error of the stack. */
    public static Tcp4 parse(byte[] packet) {
        ByteBuffer in = ByteBuffer.wrap(packet);
        int header = (packet[0] & 15) * 4;
        int length = in.getShort(2) & 0xFFFF;
        int tcp = length - header;
        int src = in.getInt(12);
        int dst = in.getInt(16);
        if (Checksums.of(packet, header, tcp, Checksums.pseudo(src, dst, 6, tcp)) != 0) {
            throw new AssertionError("the stack has sent a segment with a wrong checksum");
        }
        int offset = (packet[header + 12] >> 4 & 15) * 4;
        return new Tcp4(
                src,
                dst,
                packet[1] & 3,
                in.getShort(header) & 0xFFFF,
                in.getShort(header + 2) & 0xFFFF,
                in.getInt(header + 4),
                in.getInt(header + 8),
                packet[header + 13] & 0xFF,
                in.getShort(header + 14) & 0xFFFF,
                in.getShort(header + 18) & 0xFFFF,
                Arrays.copyOfRange(packet, header + 20, header + offset),
                Arrays.copyOfRange(packet, header + offset, length));
    }

    /** The options, each with its kind and what it holds; no-operations and what follows an end are left out. */
    public List<Option> optionList() {
        List<Option> list = new ArrayList<>();
        for (int at = 0; at < options.length && options[at] != 0; ) {
            if (options[at] == 1) {
                at++;
                continue;
            }
            int length = options[at + 1] & 0xFF;
            list.add(new Option(options[at] & 0xFF, Arrays.copyOfRange(options, at + 2, at + length)));
            at += length;
        }
        return list;
    }

    /** The option of a kind; its value is empty if there is none. */
    public Option option(int kind) {
        return optionList().stream().filter(o -> o.kind() == kind).findFirst().orElse(new Option(-1, new byte[0]));
    }

    /** An option. */
    public record Option(int kind, byte[] value) {
        public static final int MSS = 2;
        public static final int SCALE = 3;
        public static final int SACK_OK = 4;
        public static final int SACK = 5;
        public static final int TIMESTAMPS = 8;

        public boolean present() {
            return kind >= 0;
        }

        public int word(int index) {
            return ByteBuffer.wrap(value).getInt(4 * index);
        }

        public int half() {
            return ByteBuffer.wrap(value).getShort() & 0xFFFF;
        }
    }
}

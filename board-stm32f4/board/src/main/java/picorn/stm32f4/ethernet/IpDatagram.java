// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

/**
 * Where the IP header and its payload are in a frame, as the checksum engines of the MAC find them (RM0090, 33.5.4): behind at most
 * one VLAN tag; fragments, security headers and routing headers are not followed.
 */
final class IpDatagram {
    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;
    static final int ICMPV6 = 58;

    /** A payload that the engines leave alone. */
    static final int BYPASSED = -1;

    private static final int TYPE = 12;
    private static final int TAG_SIZE = 4;
    private static final int VLAN = 0x8100;
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86DD;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int HOP_BY_HOP = 0;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int MORE_FRAGMENTS_OR_OFFSET = 0x3FFF;

    private byte[] frame = new byte[0];
    private int length;
    private int header;
    private int headerLength;
    private int payload;
    private int payloadLength;
    private int protocol;
    private boolean ipv4;
    private boolean ipv6;
    private boolean headerError;

    /** Looks at the first {@code frameLength} octets of {@code octets}, without frame check sequence; keeps the array until the next call. */
    void locate(byte[] octets, int frameLength) {
        frame = octets;
        length = frameLength;
        int type = frameLength >= TYPE + 2 ? u16(TYPE) : 0;
        header = TYPE + 2;
        if (type == VLAN && frameLength >= header + TAG_SIZE) {
            type = u16(header + 2);
            header += TAG_SIZE;
        }
        ipv4 = type == IPV4;
        ipv6 = type == IPV6;
        headerError = false;
        protocol = BYPASSED;
        payloadLength = 0;
        if (ipv4) {
            locateIpv4();
        } else if (ipv6) {
            locateIpv6();
        }
    }

    private void locateIpv4() {
        int available = length - header;
        headerLength = available > 0 ? 4 * (frame[header] & 0xF) : 0;
        headerError = available < IPV4_HEADER
                || frame[header] >> 4 != 4
                || headerLength < IPV4_HEADER
                || headerLength > available;
        if (headerError) {
            return;
        }
        payload = header + headerLength;
        payloadLength = Math.max(0, u16(header + 2) - headerLength);
        boolean whole = (u16(header + 6) & MORE_FRAGMENTS_OR_OFFSET) == 0;
        int next = frame[header + 9] & 0xFF;
        protocol = whole && (next == ICMP || next == TCP || next == UDP) ? next : BYPASSED;
    }

    private void locateIpv6() {
        headerError = length - header < IPV6_HEADER || (frame[header] & 0xF0) != 0x60;
        if (headerError) {
            return;
        }
        payload = header + IPV6_HEADER;
        payloadLength = u16(header + 4);
        int next = skipOptions(frame[header + 6] & 0xFF);
        protocol = !headerError && (next == ICMPV6 || next == TCP || next == UDP) ? next : BYPASSED;
    }

    private int skipOptions(int first) {
        int next = first;
        while (next == HOP_BY_HOP || next == DESTINATION_OPTIONS) {
            int size = payload + 2 <= length ? 8 + 8 * (frame[payload + 1] & 0xFF) : length;
            if (payload + size > length || size > payloadLength) {
                headerError = true;
                return BYPASSED;
            }
            next = frame[payload] & 0xFF;
            payload += size;
            payloadLength -= size;
        }
        return next;
    }

    boolean isIpv4() {
        return ipv4;
    }

    boolean isIpv6() {
        return ipv6;
    }

    /** The Type field and the version disagree, or the header is not all there. */
    boolean hasHeaderError() {
        return headerError;
    }

    /** Offset of the IP header. */
    int header() {
        return header;
    }

    /** Octets of the IPv4 header as it says itself. */
    int headerLength() {
        return headerLength;
    }

    /** {@link #ICMP}, {@link #TCP}, {@link #UDP}, {@link #ICMPV6} or {@link #BYPASSED}. */
    int protocol() {
        return protocol;
    }

    /** Offset of the payload. */
    int payload() {
        return payload;
    }

    /** Octets of the payload that the IP header announces. */
    int payloadLength() {
        return payloadLength;
    }

    /** Octets of the payload that are in the frame. */
    int payloadPresent() {
        return Math.min(payloadLength, length - payload);
    }

    /** Offset of the payload's checksum. */
    int checksumField() {
        return payload
                + switch (protocol) {
                    case TCP -> 16;
                    case UDP -> 6;
                    default -> 2;
                };
    }

    /** Whether the payload is long enough to have a checksum. */
    boolean hasChecksumField() {
        return protocol != BYPASSED && checksumField() + 2 <= payload + payloadPresent();
    }

    /** Sum of the pseudo-header (RFC 9293, 3.1; RFC 8200, 8.1), not folded; ICMP over IPv4 has none. */
    int pseudoHeaderSum() {
        if (protocol == ICMP) {
            return 0;
        }
        int addresses = ipv4 ? header + 12 : header + 8;
        return sum(addresses, ipv4 ? 8 : 32) + protocol + payloadLength;
    }

    /** Sum of the 16-bit words of {@code count} octets from {@code at} on, not folded; an odd octet counts as the upper half. */
    int sum(int at, int count) {
        int sum = 0;
        int end = at + (count & ~1);
        for (int i = at; i < end; i += 2) {
            sum += u16(i);
        }
        return (count & 1) == 0 ? sum : sum + ((frame[end] & 0xFF) << 8);
    }

    /** The ones' complement sum of {@code sum}'s halves (RFC 1071). */
    static int fold(int sum) {
        int folded = (sum & 0xFFFF) + (sum >>> 16);
        return (folded & 0xFFFF) + (folded >>> 16);
    }

    int u16(int at) {
        return (frame[at] & 0xFF) << 8 | frame[at + 1] & 0xFF;
    }

    void put16(int at, int value) {
        frame[at] = (byte) (value >>> 8);
        frame[at + 1] = (byte) value;
    }
}

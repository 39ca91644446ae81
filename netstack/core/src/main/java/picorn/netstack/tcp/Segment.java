// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.address.AddressPair;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** The segment that arrives, in the terms of RFC 9293, section 3.3.1; one object serves all in turn. */
final class Segment {
    final TcpOptions options = new TcpOptions();
    final Octets text = new Octets();
    AddressPair addresses = new AddressPair();
    int sourcePort;
    int destinationPort;
    int flags;
    /** SEG.SEQ. */
    int seq;
    /** SEG.ACK. */
    int ack;
    /** SEG.WND as it stands in the header. */
    int wnd;

    int typeOfService;
    /** SEG.UP, an offset. */
    int up;

    void parse(IpPacket packet) throws Malformed {
        Octets in = packet.payload();
        addresses = packet.addresses();
        typeOfService = packet.typeOfService();
        TcpFields.check(in, packet);
        options.parse(in);
        sourcePort = TcpFields.SOURCE_PORT.get(in);
        destinationPort = TcpFields.DESTINATION_PORT.get(in);
        flags = TcpFields.OFFSET_AND_FLAGS.get(in) & 0xFF;
        seq = TcpFields.SEQUENCE.get(in);
        ack = TcpFields.ACKNOWLEDGMENT.get(in);
        wnd = TcpFields.WINDOW.get(in);
        up = TcpFields.URGENT.get(in);
        int header = TcpFields.length(in);
        text.aim(in, header, in.length() - header);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** SEG.LEN: octets of data, and SYN and FIN. */
    int length() {
        return text.length() + (flags >>> 1 & 1) + (flags & 1);
    }

    /** Takes away what lies before a sequence number within the segment: its SYN, then data. */
    void trimFront(int count) {
        int octets = count;
        seq += count;
        if (has(TcpHeader.SYN)) {
            flags &= ~TcpHeader.SYN;
            octets--;
        }
        octets = Math.min(octets, text.length());
        text.aim(text, octets, text.length() - octets);
    }

    /** Takes away what lies beyond a number of data octets: data, and the FIN. */
    void trimTo(int octets) {
        if (octets < text.length()) {
            text.aim(text, 0, octets);
            flags &= ~TcpHeader.FIN;
        }
    }
}

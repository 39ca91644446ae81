// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import picorn.netstack.context.PacketBuffer;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U32;

/** The answer to those who ask for the time (RFC 792, "Timestamp"), which begins at nothing universal and so has the high bit set. */
final class TimestampReply {
    private static final U32 ORIGINATE = U32.after(IcmpFields.SEQUENCE);
    private static final U32 RECEIVE = ORIGINATE.next();
    private static final U32 TRANSMIT = RECEIVE.next();
    private static final int TIMES = TRANSMIT.end() - IcmpFields.SIZE;
    private static final int NOT_UNIVERSAL = 1 << 31;
    private static final int MILLISECOND = 1_000_000;
    private static final int DAY = 86_400_000;

    private TimestampReply() {}

    static void answer(Icmpv4 icmp, IpPacket packet, long now) throws Malformed {
        Octets in = packet.payload();
        in.require(IcmpFields.SIZE + TIMES, IcmpDrop.TRUNCATED);
        if (icmp.isAnswerable(packet, TIMES)) {
            PacketBuffer message = icmp.start(in, TIMES, IcmpHeader.TIMESTAMP_REPLY);
            Octets out = message.octets();
            int time = (int) (now / MILLISECOND % DAY) | NOT_UNIVERSAL;
            ORIGINATE.set(out, ORIGINATE.get(in));
            RECEIVE.set(out, time);
            TRANSMIT.set(out, time);
            icmp.reply(message);
        }
    }
}

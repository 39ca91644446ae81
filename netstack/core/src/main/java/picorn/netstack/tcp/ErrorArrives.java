// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.ip.ErrorKind;
import picorn.netstack.ip.IpError;

/** What ICMP errors do to a connection (RFC 9293, section 3.9.2.2; RFC 5927). */
final class ErrorArrives {
    /** Headers of IPv4 and TCP. */
    private static final int HEADERS = 40;

    /** The least segment that a router can force upon a connection. */
    private static final int LEAST_MSS = 48;

    private final Output output;

    ErrorArrives(Output output) {
        this.output = output;
    }

    /** Takes an error about a segment; false if no such segment is under way. */
    boolean arrives(Connection c, IpError error) {
        int seq = TcpFields.SEQUENCE.get(error.quoted());
        if (Sequence.isBefore(seq, c.snd.una) || Sequence.isAtMost(c.snd.nxt, seq)) {
            return false;
        }
        if (error.kind() == ErrorKind.TOO_BIG) {
            tooBig(c, error.mtu());
        } else if (error.kind().isHard() && c.state == TcpState.SYN_SENT) {
            c.fail(TcpFailure.REFUSED);
        } else if (error.kind() != ErrorKind.REDIRECTED) {
            c.softError = TcpFailure.UNREACHABLE;
        }
        return true;
    }

    /** Goes on with smaller segments (RFC 1191, section 6.4). */
    private void tooBig(Connection c, int mtu) {
        int mss = Math.max(LEAST_MSS, mtu - HEADERS);
        if (mss < c.snd.mss && c.state.isSynchronized()) {
            c.snd.mss = mss;
            c.recovery.resized();
            output.run(c);
        }
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import java.util.Optional;
import picorn.netstack.address.IpAddress;
import picorn.netstack.ip.ErrorKind;

/**
 * What became of an echo.
 *
 * @param sequence its number, 1 for the socket's first
 * @param outcome whether it came back
 * @param roundTrip nanoseconds from sending to the answer; for one that timed out, how long was waited
 * @param hopLimit hops that the answer had left; 0 when there is none
 * @param from who answered, or told of an error; unspecified when nobody did
 * @param error what a router or the peer told; nothing unless it {@linkplain Outcome#FAILED failed}
 */
public record PingResult(
        int sequence, Outcome outcome, long roundTrip, int hopLimit, IpAddress from, Optional<ErrorKind> error) {
    /** Whether an echo came back. */
    public enum Outcome {
        /** With the data that was sent. */
        ANSWERED,
        /** With other data. */
        ALTERED,
        /** Not in time. */
        TIMED_OUT,
        /** Not at all, as somebody has told. */
        FAILED
    }
}

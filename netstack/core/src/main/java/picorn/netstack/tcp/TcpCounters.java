// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.Counter;
import picorn.netstack.context.Counters;

/** What TCP counts; each stands in reports as {@code tcp.} and its name. */
final class TcpCounters {
    final Counter segmentsReceived;
    final Counter segmentsSent;
    final Counter segmentsRetransmitted;
    final Counter opened;
    final Counter accepted;
    final Counter failed;
    final Counter resetsReceived;
    final Counter resetsSent;
    final Counter challengesSent;
    final Counter outOfOrder;
    final Counter timeouts;
    final Counter windowProbes;
    final Counter keepAlives;

    TcpCounters(Counters all) {
        segmentsReceived = all.of("tcp.segments-received");
        segmentsSent = all.of("tcp.segments-sent");
        segmentsRetransmitted = all.of("tcp.segments-retransmitted");
        opened = all.of("tcp.opened");
        accepted = all.of("tcp.accepted");
        failed = all.of("tcp.failed");
        resetsReceived = all.of("tcp.resets-received");
        resetsSent = all.of("tcp.resets-sent");
        challengesSent = all.of("tcp.challenges-sent");
        outOfOrder = all.of("tcp.out-of-order");
        timeouts = all.of("tcp.timeouts");
        windowProbes = all.of("tcp.window-probes");
        keepAlives = all.of("tcp.keep-alives");
    }
}

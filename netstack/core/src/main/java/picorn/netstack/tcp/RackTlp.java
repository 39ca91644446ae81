// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.Timed;
import picorn.netstack.tcp.control.CongestionControl;
import picorn.netstack.tcp.control.Deliveries;
import picorn.netstack.tcp.control.Prr;
import picorn.netstack.tcp.control.Rack;
import picorn.netstack.tcp.control.Scoreboard;

/** Loss detection by time and tail loss probes (RFC 8985), with proportional rate reduction (RFC 6937). */
final class RackTlp extends LossDetection {
    /** Octets of the objects. */
    static final int MEMORY = 24 + 72 + 32;

    /** What RFC 8985, section 7.2 takes for the longest delay of an acknowledgment. */
    private static final long DELAYED_ACK = 200_000_000L;

    private final Rack rack = new Rack();
    private final Prr prr = new Prr();
    private int startFlight;

    /** The recovery of a connection by this. */
    static Recovery recovery(Connection c, CongestionControl congestion) {
        return new ScoreboardRecovery(c, congestion, new RackTlp());
    }

    @Override
    Deliveries deliveries() {
        return rack;
    }

    @Override
    void onAck(int ack) {
        rack.onAck(ack);
    }

    @Override
    void onDuplicate(int sndNxt) {
        rack.onDsack(sndNxt);
    }

    @Override
    void answered(ScoreboardRecovery recovery, int ack, int acked) {
        Rack.AckKind kind =
                recovery.duplicateSack ? Rack.AckKind.DSACK : acked == 0 ? Rack.AckKind.DUPLICATE : Rack.AckKind.OTHER;
        if (rack.probeRepairedLoss(ack, kind)) {
            recovery.congestion.onLoss(recovery.flight());
        }
    }

    @Override
    long detect(ScoreboardRecovery recovery, long now) {
        if (!recovery.usesSack()) {
            return super.detect(recovery, now);
        }
        Rack.Recovery phase = recovery.isOpen() ? Rack.Recovery.NONE : Rack.Recovery.ACTIVE;
        return rack.detect(recovery.board, phase, recovery.srtt(), now);
    }

    @Override
    int nextHole(Scoreboard board) {
        return Scoreboard.NONE;
    }

    @Override
    long probeAt(ScoreboardRecovery recovery, long now) {
        boolean may = recovery.usesSack() && recovery.isOpen() && recovery.board.sackedSegments() == 0;
        return may && rack.mayProbe()
                ? now + rack.probeTimeout(recovery.board.size(), recovery.srtt(), DELAYED_ACK)
                : Timed.NEVER;
    }

    @Override
    boolean mayProbe() {
        return rack.mayProbe();
    }

    @Override
    void probed(int before, int sndNxt) {
        if (before == sndNxt) {
            rack.probedAgain(sndNxt);
        } else {
            rack.probedWithNewData(sndNxt);
        }
    }

    @Override
    void begins(int flight) {
        rack.forgetProbe();
        startFlight = flight;
        prr.start(flight);
    }

    @Override
    void ended() {
        rack.onRecovered();
    }

    @Override
    int window(ScoreboardRecovery recovery, int delivered) {
        int ssthresh = recovery.congestion.ssthresh();
        if (ssthresh >= startFlight) {
            return recovery.congestion.cwnd();
        }
        return prr.window(delivered, recovery.board.pipe(), ssthresh, recovery.mss());
    }

    @Override
    void sent(int octets) {
        prr.onSent(octets);
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.util.Optional;
import picorn.netstack.ip.IpPacket;

/** The guest's end of an exchange of datagrams, on the stack's thread. */
final class GuestDatagrams {
    /**
     * The addresses and ports of the datagrams that the guest sends.
     *
     * @param guest bits of the guest's address
     * @param guestPort the guest's port
     * @param peer bits of the address that it sends to
     * @param peerPort the port that it sends to
     */
    record Key(int guest, int guestPort, int peer, int peerPort) {}

    private static final int LONGEST_KEPT = 1500;

    private final int flow;
    private final Key key;
    private long usedAt;
    private int unanswered;
    private Optional<IpPacket> latest = Optional.empty();

    GuestDatagrams(int flow, Key key) {
        this.flow = flow;
        this.key = key;
    }

    int flow() {
        return flow;
    }

    Key key() {
        return key;
    }

    long usedAt() {
        return usedAt;
    }

    void sent(IpPacket packet, long now) {
        latest = packet.whole().length() <= LONGEST_KEPT ? Optional.of(packet.copy()) : Optional.empty();
        usedAt = now;
        unanswered++;
    }

    /** The packet that the guest has sent last, to tell of errors with, if it was a single frame. */
    Optional<IpPacket> latest() {
        return latest;
    }

    void answered(long now) {
        usedAt = now;
        unanswered--;
    }

    /** Whether it was a question, and all has been answered. */
    boolean isAnswered() {
        return key.peerPort == HostRoutes.DNS && unanswered <= 0;
    }
}

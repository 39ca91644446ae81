// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

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

    private final int flow;
    private final Key key;
    private long usedAt;
    private int unanswered;

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

    void sent(long now) {
        usedAt = now;
        unanswered++;
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

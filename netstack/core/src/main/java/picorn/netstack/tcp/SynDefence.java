// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

/** What a listener does whose backlog of half-open connections is full. This one drops requests. */
class SynDefence {
    /** Takes a request; false if it is to be dropped. */
    boolean requested(TcpListener l, Segment s) {
        return false;
    }

    /** Takes an acknowledgment of no connection's; false if it is to be reset. */
    boolean acknowledged(TcpListener l, Segment s) {
        return false;
    }
}

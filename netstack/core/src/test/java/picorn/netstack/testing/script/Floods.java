// SPDX-License-Identifier: MIT
package picorn.netstack.testing.script;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.testing.Station;

/** What scripts ask of many connections at once: that numbers cannot be foretold, and that floods do no harm. */
final class Floods {
    private static final int FIRST_PORT = 20_000;

    private final Peer peer;
    private int sent;

    Floods(Peer peer) {
        this.peer = peer;
    }

    private static byte[] syn(int port, int seq) {
        byte[] mss = {2, 4, 4, 0};
        return new Tcp4(
                        Station.PEER.bits(),
                        Station.US.bits(),
                        0,
                        port,
                        80,
                        seq,
                        0,
                        Tcp4.SYN,
                        1000,
                        0,
                        mss,
                        new byte[0])
                .packet();
    }

    /** Initial sequence numbers of so many connections: all different, and no step between two of them occurs twice. */
    void distinctIss(String count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(count); i++) {
            peer.giveIp(syn(FIRST_PORT + i, 5));
            numbers.add(peer.unread().poll().tcp().orElseThrow().seq());
            peer.giveIp(new Tcp4(
                            Station.PEER.bits(),
                            Station.US.bits(),
                            0,
                            FIRST_PORT + i,
                            80,
                            6,
                            0,
                            Tcp4.RST,
                            0,
                            0,
                            new byte[0],
                            new byte[0])
                    .packet());
        }
        Set<Integer> steps = new HashSet<>();
        for (int i = 1; i < numbers.size(); i++) {
            steps.add(numbers.get(i) - numbers.get(i - 1));
        }
        SocketCalls.same("different numbers", numbers.size(), new HashSet<>(numbers).size());
        SocketCalls.same("different steps", numbers.size() - 1, steps.size());
    }

    /** Local ports of connections to so many peers: all different, above 1023, and hardly ever the one after the last. */
    void distinctPorts(String count) {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(count); i++) {
            ports.add(peer.stack()
                    .tcp()
                    .connect(Station.PEER, 80 + i, TcpConfig.DEFAULT)
                    .localPort());
        }
        peer.unread().clear();
        int following = 0;
        for (int i = 1; i < ports.size(); i++) {
            following += ports.get(i) - ports.get(i - 1) == 1 ? 1 : 0;
        }
        SocketCalls.same("different ports", ports.size(), new HashSet<>(ports).size());
        SocketCalls.same("all above 1023", true, ports.stream().allMatch(port -> port > 1023));
        SocketCalls.same("few ports in sequence", true, following <= ports.size() / 10);
    }

    /** So many SYNs of which none is followed up. */
    void synFlood(String count) {
        for (int i = 0; i < Integer.parseInt(count); i++) {
            peer.giveIp(syn(FIRST_PORT + i, 5));
        }
        peer.unread().clear();
    }

    void countSent() {
        sent += peer.unread().size();
        peer.unread().clear();
    }

    void sentAtMost(String count) {
        SocketCalls.same(sent + " sent, at most " + count, true, sent > 0 && sent <= Integer.parseInt(count));
    }
}

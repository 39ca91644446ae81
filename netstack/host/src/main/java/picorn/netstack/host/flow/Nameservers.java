// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.LongSupplier;

/** Which of this host's DNS servers is asked first: the one that has answered, until it does so no more. For the sockets' thread. */
final class Nameservers {
    /** The most that resolv.conf(5) has. */
    private static final int MOST = 3;
    /** How long an answer may take before later questions go to the next, in nanoseconds. */
    private static final long PATIENCE = 1_500_000_000L;

    private static final long NONE = Long.MIN_VALUE;

    private final List<InetSocketAddress> servers;
    private final LongSupplier nanoseconds;
    private int preferred;
    private long unansweredSince = NONE;

    Nameservers(List<InetSocketAddress> servers, LongSupplier nanoseconds) {
        this.servers = servers.subList(0, Math.min(servers.size(), MOST));
        this.nanoseconds = nanoseconds;
    }

    int count() {
        return servers.size();
    }

    InetSocketAddress at(int server) {
        return servers.get(server);
    }

    /** Whom to ask now. */
    int choose() {
        if (unansweredSince != NONE && nanoseconds.getAsLong() - unansweredSince > PATIENCE) {
            failed(preferred);
        }
        return preferred;
    }

    void asked(int server) {
        if (server == preferred && unansweredSince == NONE) {
            unansweredSince = nanoseconds.getAsLong();
        }
    }

    void answered(int server) {
        if (server == preferred) {
            unansweredSince = NONE;
        }
    }

    void failed(int server) {
        if (server == preferred) {
            preferred = (preferred + 1) % servers.size();
            unansweredSince = NONE;
        }
    }
}

// SPDX-License-Identifier: MIT
package picorn.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picorn.netstack.host.FrameSocket;
import picorn.netstack.host.flow.HostAccess;

/** What the Ethernet connector leads to. */
sealed interface NetTarget {
    /** How users write it. */
    String USER_USAGE = "user[,restrict][,host-loopback]";

    /** And of the others. */
    String USAGE = USER_USAGE + ", tap=INTERFACE, socket=SOCKET or none";

    /** An unplugged cable. */
    record None() implements NetTarget {}

    /** An interface of the host's kernel. */
    record Tap(String name) implements NetTarget {}

    /** Another process, QEMU or Picorn. */
    record Socket(String text, FrameSocket socket) implements NetTarget {}

    /** The gateway 10.0.2.2, and behind it what the guest may reach of the host's network. */
    record User(HostAccess access) implements NetTarget {}

    /** Reads what a user has said. */
    static NetTarget parse(String text) throws UsageError {
        if (text.startsWith("tap=")) {
            return new Tap(text.substring("tap=".length()));
        }
        if (text.startsWith("socket=")) {
            return socket(text.substring("socket=".length()));
        }
        List<String> words = List.of(text.split(",", -1));
        Set<String> options = new HashSet<>(words.subList(1, words.size()));
        boolean known = Set.of("restrict", "host-loopback").containsAll(options);
        if (text.equals("none")) {
            return new None();
        }
        if (!words.get(0).equals("user") || !known) {
            throw new UsageError("--net %s cannot be; it is %s".formatted(text, USAGE));
        }
        return new User(new HostAccess(
                options.contains("restrict") ? HostAccess.Others.RESTRICTED : HostAccess.Others.REACHED,
                options.contains("host-loopback") ? HostAccess.Loopback.BEHIND_GATEWAY : HostAccess.Loopback.HIDDEN));
    }

    private static NetTarget socket(String text) throws UsageError {
        try {
            return new Socket(text, FrameSocket.parse(text));
        } catch (IllegalArgumentException e) {
            throw new UsageError("--net socket=: " + e.getMessage());
        }
    }
}

// SPDX-License-Identifier: MIT
package picorn.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picorn.netstack.host.FrameSocket;
import picorn.netstack.host.files.GatewayFiles;
import picorn.netstack.host.flow.HostAccess;

/** What the Ethernet connector leads to. */
sealed interface NetTarget {
    /** How users write it. */
    String USER_USAGE = "user[,restrict][,host-loopback][,tftp=DIR][,http=DIR][,bootfile=NAME]";

    /** And of the others. */
    String USAGE = USER_USAGE + ", tap=INTERFACE, socket=SOCKET or none";

    /** An unplugged cable. */
    record None() implements NetTarget {}

    /** An interface of the host's kernel. */
    record Tap(String name) implements NetTarget {}

    /** Another process, QEMU or Picorn. */
    record Socket(String text, FrameSocket socket) implements NetTarget {}

    /** The gateway 10.0.2.2, and behind it what the guest may reach of the host's network. */
    record User(HostAccess access, GatewayFiles files) implements NetTarget {}

    /** Reads what a user has said. */
    static NetTarget parse(String text) throws UsageError {
        if (text.startsWith("tap=")) {
            return new Tap(text.substring("tap=".length()));
        }
        if (text.startsWith("socket=")) {
            return socket(text.substring("socket=".length()));
        }
        if (text.equals("none")) {
            return new None();
        }
        List<String> words = List.of(text.split(",", -1));
        if (!words.get(0).equals("user")) {
            throw wrong(text);
        }
        return user(words.subList(1, words.size()), text);
    }

    private static UsageError wrong(String text) {
        return new UsageError("--net %s cannot be; it is %s".formatted(text, USAGE));
    }

    private static User user(List<String> words, String text) throws UsageError {
        Set<String> options = new HashSet<>();
        Map<String, String> values = new HashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 0 && Set.of("restrict", "host-loopback").contains(word)) {
                options.add(word);
            } else if (equals > 0
                    && equals < word.length() - 1
                    && Set.of("tftp", "http", "bootfile").contains(word.substring(0, equals))) {
                values.put(word.substring(0, equals), word.substring(equals + 1));
            } else {
                throw wrong(text);
            }
        }
        return new User(access(options), files(values));
    }

    private static HostAccess access(Set<String> options) {
        return new HostAccess(
                options.contains("restrict") ? HostAccess.Others.RESTRICTED : HostAccess.Others.REACHED,
                options.contains("host-loopback") ? HostAccess.Loopback.BEHIND_GATEWAY : HostAccess.Loopback.HIDDEN);
    }

    private static GatewayFiles files(Map<String, String> values) throws UsageError {
        try {
            return new GatewayFiles(
                    Optional.ofNullable(values.get("tftp")).map(Path::of),
                    Optional.ofNullable(values.get("http")).map(Path::of),
                    Optional.ofNullable(values.get("bootfile")));
        } catch (InvalidPathException e) {
            throw new UsageError("--net: '%s' is no directory's name".formatted(e.getInput()));
        }
    }

    private static NetTarget socket(String text) throws UsageError {
        try {
            return new Socket(text, FrameSocket.parse(text));
        } catch (IllegalArgumentException e) {
            throw new UsageError("--net socket=: " + e.getMessage());
        }
    }
}

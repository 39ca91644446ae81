// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the DNS servers that this host asks, by resolv.conf(5). */
public final class Resolvers {
    private static final Path FILE = Path.of("/etc/resolv.conf");
    /** Numbers only, so that nothing is looked up to find who looks up. */
    private static final Pattern LINE = Pattern.compile("\\s*nameserver\\s+([0-9a-fA-F:.]*[:.][0-9a-fA-F:.]*)\\s*");

    private static final int PORT = 53;

    private Resolvers() {}

    /**
     * Those of this host.
     *
     * @return in the order in which they are asked; none if it names none
     */
    public static List<InetSocketAddress> ofThisHost() {
        try {
            return parse(Files.readString(FILE));
        } catch (IOException e) {
            return List.of();
        }
    }

    static List<InetSocketAddress> parse(String text) {
        return text.lines().map(Resolvers::server).flatMap(Optional::stream).toList();
    }

    private static Optional<InetSocketAddress> server(String line) {
        Matcher found = LINE.matcher(line);
        return found.matches()
                ? Optional.of(new InetSocketAddress(found.group(1), PORT)).filter(server -> !server.isUnresolved())
                : Optional.empty();
    }
}

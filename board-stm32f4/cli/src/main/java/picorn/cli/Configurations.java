// SPDX-License-Identifier: MIT
package picorn.cli;

import java.util.List;
import picorn.netstack.stack.StackConfig;

/** The three configurations of the TCP/IP stack by name. */
final class Configurations {
    static final List<String> NAMES = List.of("full", "client", "minimal");

    private Configurations() {}

    /** A configuration; each is made, and what it names loaded, only when it is asked for. */
    static StackConfig named(String name) {
        return switch (name) {
            case "full" -> StackConfig.full();
            case "client" -> StackConfig.client();
            case "minimal" -> StackConfig.minimal();
            default -> throw new IllegalArgumentException("no configuration '" + name + "'");
        };
    }
}

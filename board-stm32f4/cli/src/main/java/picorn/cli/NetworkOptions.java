// SPDX-License-Identifier: MIT
package picorn.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import picorn.netstack.host.FrameSocket;
import picorn.netstack.host.flow.Forward;
import picorn.netstack.link.ImpairmentConfig;

/**
 * What the user wants of the board's network.
 *
 * @param pcap where frames go; {@code -} is standard output
 */
record NetworkOptions(
        NetTarget net, List<Forward> forwards, Optional<ImpairmentConfig> impairment, Optional<Path> pcap) {
    static void declare(Options options) {
        OptionValues.add(
                options,
                "net",
                "user|tap=…|socket=…|none",
                "Ethernet leads to a gateway 10.0.2.2 with DHCP, DNS and the host's network behind it (user, default;"
                        + " restrict: to no other host; host-loopback: the gateway's ports are those of 127.0.0.1;"
                        + " tftp=DIR, http=DIR: the gateway serves the files there; bootfile=NAME: DHCP tells it),"
                        + " to a TAP interface of Linux, to QEMU or another Picorn by a socket ("
                        + FrameSocket.USAGE + "), or nowhere");
        OptionValues.add(
                options,
                "forward",
                "PORTS",
                "tcp:127.0.0.1:8080=:80 (or udp): a port of this host leads to the guest's");
        OptionValues.add(options, "impair", "SPEC", "a bad cable, such as loss=1%,delay=20ms");
        OptionValues.add(
                options,
                "pcap",
                "FILE",
                "all frames, as pcapng; - for standard output, as they pass: the console is then on standard error");
    }

    static NetworkOptions parse(CommandLine line) throws UsageError {
        check(line);
        return new NetworkOptions(
                NetTarget.parse(line.getOptionValue("net", "user")),
                forwards(line),
                impairment(line),
                OptionValues.path(line, "pcap"));
    }

    private static void check(CommandLine line) throws UsageError {
        if (line.hasOption("pcap") && "none".equals(line.getOptionValue("net"))) {
            throw new UsageError("--pcap needs a network; leave --net none out");
        }
        for (String option : List.of("forward", "impair")) {
            if (line.hasOption(option) && "none".equals(line.getOptionValue("net"))) {
                throw new UsageError("--%s needs a network; leave --net none out".formatted(option));
            }
        }
        if (line.hasOption("forward") && !line.getOptionValue("net", "user").startsWith("user")) {
            throw new UsageError(
                    "--forward leads through the gateway of --net user; a peer reaches the guest by itself");
        }
    }

    /** The ports of {@code --forward}. */
    static List<Forward> forwards(CommandLine line) throws UsageError {
        List<Forward> forwards = new ArrayList<>();
        for (String text : Optional.ofNullable(line.getOptionValues("forward")).orElse(new String[0])) {
            try {
                forwards.add(Forward.parse(text));
            } catch (IllegalArgumentException e) {
                throw new UsageError("--forward: " + e.getMessage());
            }
        }
        return forwards;
    }

    /** The bad cable of {@code --impair}. */
    static Optional<ImpairmentConfig> impairment(CommandLine line) throws UsageError {
        try {
            return Optional.ofNullable(line.getOptionValue("impair")).map(ImpairmentConfig::parse);
        } catch (IllegalArgumentException e) {
            throw new UsageError("--impair: " + e.getMessage());
        }
    }

    /** Whether standard output is for frames, and what is printed goes to standard error. */
    boolean capturesToStandardOutput() {
        return pcap.isPresent() && pcap.get().toString().equals("-");
    }
}

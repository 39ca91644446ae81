// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import picorn.netstack.capture.PcapngWriter;
import picorn.netstack.host.FrameSocket;
import picorn.netstack.host.HostLink;
import picorn.netstack.host.flow.Forward;
import picorn.netstack.link.ImpairmentConfig;

/** {@code picorn gateway}: the gateway of {@code --net user} for QEMU and others, without a board. */
final class GatewayCommand implements Command {
    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public String arguments() {
        return "";
    }

    @Override
    public String summary() {
        return "serves QEMU or another Picorn as network: DHCP, DNS and the host's network behind 10.0.2.2";
    }

    @Override
    public List<String> examples() {
        return List.of(
                "picorn gateway --socket listen:127.0.0.1:7000",
                "qemu-system-arm … -netdev stream,id=n,server=off,addr.type=inet,addr.host=127.0.0.1,addr.port=7000");
    }

    @Override
    public Options options() {
        Options options = new Options();
        OptionValues.add(options, "socket", "SOCKET", "where the guest is: " + FrameSocket.USAGE);
        OptionValues.add(options, "tap", "INTERFACE", "the guest is behind a TAP interface of Linux");
        OptionValues.add(options, "net", NetTarget.USER_USAGE, "what the guest reaches, as with 'picorn run'");
        OptionValues.add(
                options,
                "forward",
                "PORTS",
                "tcp:127.0.0.1:8080=:80 (or udp): a port of this host leads to the guest's");
        OptionValues.add(options, "impair", "SPEC", "a bad cable, such as loss=1%,delay=20ms");
        OptionValues.add(options, "pcap", "FILE", "all frames, as pcapng");
        return options;
    }

    @Override
    public int run(CommandLine line) throws UsageError {
        if (!(NetTarget.parse(line.getOptionValue("net", "user")) instanceof NetTarget.User user)) {
            throw new UsageError("--net: a gateway is %s".formatted(NetTarget.USER_USAGE));
        }
        List<Forward> forwards = NetworkOptions.forwards(line);
        Optional<ImpairmentConfig> impairment = NetworkOptions.impairment(line);
        Optional<Path> pcap = OptionValues.path(line, "pcap");
        HostLink link = link(line);
        try {
            Optional<OutputFile> capture =
                    pcap.isPresent() ? Optional.of(new OutputFile("pcap", pcap.get())) : Optional.empty();
            ImpairmentConfig config = impairment.orElse(ImpairmentConfig.NONE);
            return serve(start(link, user, config, capture, forwards), capture);
        } catch (IOException e) {
            throw new UsageError("gateway: " + e.getMessage());
        } finally {
            link.close();
        }
    }

    /** Starts one; if that fails, nothing stays open and nothing is left of the capture. */
    private static StandaloneGateway start(
            HostLink link,
            NetTarget.User user,
            ImpairmentConfig config,
            Optional<OutputFile> capture,
            List<Forward> forwards)
            throws IOException, UsageError {
        try {
            StandaloneGateway gateway = new StandaloneGateway(link, user, config, capture.map(PcapngWriter::new));
            forward(gateway, forwards);
            return gateway;
        } catch (IOException | UsageError | RuntimeException e) {
            if (capture.isPresent()) {
                capture.get().close();
            }
            throw e;
        }
    }

    private static void forward(StandaloneGateway gateway, List<Forward> forwards) throws UsageError {
        try {
            gateway.start(forwards);
        } catch (UsageError | RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    private static HostLink link(CommandLine line) throws UsageError {
        if (line.hasOption("socket") == line.hasOption("tap")) {
            throw new UsageError("gateway: say where the guest is, by --socket or --tap; see 'picorn gateway --help'");
        }
        String target =
                line.hasOption("tap") ? "tap=" + line.getOptionValue("tap") : "socket=" + line.getOptionValue("socket");
        return HostLinks.open(NetTarget.parse(target));
    }

    /** Until the link ends or the user interrupts it; the file is complete then. */
    private static int serve(StandaloneGateway gateway, Optional<OutputFile> capture) {
        Thread atExit = new Thread(() -> conclude(gateway, capture), "picorn interrupt");
        Runtime.getRuntime().addShutdownHook(atExit);
        String reason = gateway.awaitEnd();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return ExitStatus.WELL; // interrupted: the hook concludes
        }
        System.err.println("picorn: " + reason);
        return conclude(gateway, capture) ? ExitStatus.WELL : ExitStatus.FAILED;
    }

    private static boolean conclude(StandaloneGateway gateway, Optional<OutputFile> capture) {
        gateway.close();
        try {
            if (capture.isPresent()) {
                capture.get().complete();
                capture.get().close();
            }
            return true;
        } catch (IOException e) {
            System.err.println("picorn: the file of --pcap could not be written: " + e.getMessage());
            return false;
        }
    }
}

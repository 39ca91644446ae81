// SPDX-License-Identifier: MIT
package picorn.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import picorn.cli.GuestProcess.Effort;
import picorn.stm32f4.linux.LinuxBuild;

/**
 * {@code picorn bench-linux}: what Linux takes on each engine and on QEMU's mps2-an386, a Cortex-M4 with Ethernet: the kernel of the
 * same configuration, the same user space. Runs alternate.
 */
final class LinuxBenchCommand implements Command {
    private static final int FILE = 2_000_000;
    private static final int ANY_PORT = 0;
    private static final String PEER = "qemu";
    private static final List<String> SUBJECTS = List.of("java", "java-translated", "unicorn", PEER);
    private static final String TIME_TO_SHELL = "time to the shell";

    @Override
    public String name() {
        return "bench-linux";
    }

    @Override
    public String arguments() {
        return "";
    }

    @Override
    public String summary() {
        return "measures Linux on both engines beside QEMU's mps2-an386: boot, wget, md5sum, dd";
    }

    @Override
    public List<String> examples() {
        return List.of("picorn bench-linux --runs 3");
    }

    @Override
    public Options options() {
        Options options = new Options();
        OptionValues.add(options, "runs", "N", "alternating runs of each (default 3)");
        return options;
    }

    @Override
    public int run(CommandLine line) throws UsageError {
        String runs = line.getOptionValue("runs", "3");
        if (!runs.matches("[1-9][0-9]?")) {
            throw new UsageError("--runs %s cannot be; it is 1 to 99".formatted(runs));
        }
        if (Qemu.version().isEmpty()) {
            throw new UsageError("QEMU is not installed (Debian: apt-get install qemu-system-arm)");
        }
        if (BuildImageCommand.build(List.of("full", "mps2")) != ExitStatus.WELL) {
            return ExitStatus.FAILED;
        }
        try {
            print(measure(Integer.parseInt(runs)));
            return ExitStatus.WELL;
        } catch (IOException e) {
            throw new UsageError("the benchmark could not be run: " + e.getMessage());
        }
    }

    /** By subject and measurement, one for each run. */
    private static Map<String, Map<String, List<Effort>>> measure(int runs) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), ANY_PORT), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, FILE);
            exchange.getResponseBody().write(new byte[FILE]);
            exchange.close();
        });
        server.start();
        Map<String, Map<String, List<Effort>>> results = new LinkedHashMap<>();
        try {
            for (int run = 0; run < runs; run++) {
                for (String subject : SUBJECTS) {
                    Map<String, List<Effort>> of = results.computeIfAbsent(subject, name -> new LinkedHashMap<>());
                    once(command(subject), server.getAddress().getPort())
                            .forEach((what, effort) -> of.computeIfAbsent(what, name -> new ArrayList<>())
                                    .add(effort));
                }
            }
        } finally {
            server.stop(0);
        }
        return results;
    }

    private static Map<String, Effort> once(List<String> command, int port) throws IOException {
        Map<String, Effort> efforts = new LinkedHashMap<>();
        try (GuestProcess guest = new GuestProcess(command)) {
            efforts.put(TIME_TO_SHELL, guest.until("/ # "));
            guest.of("until route | grep -q default; do sleep 0.1; done");
            Map<String, String> commands = new LinkedHashMap<>();
            commands.put("wget of 2 MB", "wget -q -O /dev/null http://10.0.2.2:%d/".formatted(port));
            commands.put("md5sum of 8 MB", "dd if=/dev/zero bs=64k count=128 2> /dev/null | md5sum");
            commands.put("dd of 200,000 times 1 octet", "dd if=/dev/zero of=/dev/null bs=1 count=200000 2> /dev/null");
            for (Map.Entry<String, String> each : commands.entrySet()) {
                efforts.put(each.getKey(), guest.of(each.getValue()));
            }
        }
        return efforts;
    }

    private static List<String> command(String subject) throws IOException {
        return switch (subject) {
            case PEER -> qemu();
            case "java-translated" -> picorn("java", "--translate", "on");
            default -> picorn(subject);
        };
    }

    private static List<String> picorn(String engine, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "linux",
                "--engine",
                engine,
                "--uart1",
                "stdio",
                "--net",
                "user,host-loopback"));
        command.addAll(List.of(options));
        return command;
    }

    /** Started by our own first instructions, since QEMU's own loader hands no tree to a Cortex-M. */
    private static List<String> qemu() throws IOException {
        Path folder = LinuxBuild.named("linux-mps2").orElseThrow().folder();
        List<String> addresses = Files.readAllLines(folder.resolve("addresses"));
        List<String> command = new ArrayList<>(List.of(
                "qemu-system-arm",
                "-M",
                "mps2-an386",
                "-kernel",
                folder.resolve("shim.elf").toString()));
        command.addAll(List.of("-device", "loader,file=" + folder.resolve("vmlinux")));
        command.addAll(raw(folder.resolve("rootfs.cpio"), addresses.get(0)));
        command.addAll(raw(folder.resolve("mps2.dtb"), addresses.get(1)));
        command.addAll(List.of("-display", "none", "-monitor", "none", "-serial", "stdio", "-nic", "user"));
        return command;
    }

    private static List<String> raw(Path file, String address) {
        return List.of("-device", "loader,file=%s,addr=%s,force-raw=on".formatted(file, address));
    }

    private static void print(Map<String, Map<String, List<Effort>>> results) {
        Map<String, List<Effort>> peer = results.get(PEER);
        System.out.println(
                "Seconds by the wall and of the processor, medians and ranges; ratios are those of paired runs.");
        for (String what : peer.keySet()) {
            System.out.printf(
                    "%n%-30s %-26s %-26s %-26s %s%n", what, "wall", "processor", "wall / QEMU", "processor / QEMU");
            for (String subject : SUBJECTS) {
                List<Effort> ours = results.get(subject).get(what);
                System.out.printf(
                        "%-30s %-26s %-26s %-26s %s%n",
                        "  " + subject,
                        spread(ours, Effort::seconds).text(),
                        spread(ours, Effort::processor).text(),
                        ratio(ours, peer.get(what), Effort::seconds).text(),
                        ratio(ours, peer.get(what), Effort::processor).text());
            }
        }
    }

    private static Spread spread(List<Effort> efforts, ToDoubleFunction<Effort> value) {
        return Spread.of(efforts.stream().mapToDouble(value).toArray());
    }

    private static Spread ratio(List<Effort> ours, List<Effort> theirs, ToDoubleFunction<Effort> value) {
        return Spread.of(IntStream.range(0, ours.size())
                .mapToDouble(i -> value.applyAsDouble(ours.get(i)) / value.applyAsDouble(theirs.get(i)))
                .toArray());
    }
}

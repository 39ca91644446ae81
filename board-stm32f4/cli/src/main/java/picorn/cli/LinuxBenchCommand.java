// SPDX-License-Identifier: MIT
package picorn.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import picorn.stm32f4.linux.LinuxBuild;

/**
 * {@code picorn bench-linux}: what Linux takes on each engine and on QEMU's mps2-an386, a Cortex-M4 with Ethernet: the kernel of the
 * same configuration, the same user space. Runs alternate.
 */
final class LinuxBenchCommand implements Command {
    private static final int FILE = 2_000_000;
    private static final int ANY_PORT = 0;
    private static final List<String> SUBJECTS = List.of("java", "unicorn", "qemu");
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

    /** Seconds by subject and measurement, one for each run. */
    private static Map<String, Map<String, List<Double>>> measure(int runs) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), ANY_PORT), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, FILE);
            exchange.getResponseBody().write(new byte[FILE]);
            exchange.close();
        });
        server.start();
        Map<String, Map<String, List<Double>>> results = new LinkedHashMap<>();
        try {
            for (int run = 0; run < runs; run++) {
                for (String subject : SUBJECTS) {
                    Map<String, List<Double>> of = results.computeIfAbsent(subject, name -> new LinkedHashMap<>());
                    once(command(subject), server.getAddress().getPort())
                            .forEach((what, seconds) -> of.computeIfAbsent(what, name -> new ArrayList<>())
                                    .add(seconds));
                }
            }
        } finally {
            server.stop(0);
        }
        return results;
    }

    private static Map<String, Double> once(List<String> command, int port) throws IOException {
        Map<String, Double> seconds = new LinkedHashMap<>();
        try (GuestProcess guest = new GuestProcess(command)) {
            seconds.put(TIME_TO_SHELL, guest.secondsUntil("/ # "));
            guest.secondsOf("until route | grep -q default; do sleep 0.1; done");
            Map<String, String> commands = new LinkedHashMap<>();
            commands.put("wget of 2 MB", "wget -q -O /dev/null http://10.0.2.2:%d/".formatted(port));
            commands.put("md5sum of 8 MB", "dd if=/dev/zero bs=64k count=128 2> /dev/null | md5sum");
            commands.put("dd of 200,000 times 1 octet", "dd if=/dev/zero of=/dev/null bs=1 count=200000 2> /dev/null");
            for (Map.Entry<String, String> each : commands.entrySet()) {
                seconds.put(each.getKey(), guest.secondsOf(each.getValue()));
            }
        }
        return seconds;
    }

    private static List<String> command(String subject) throws IOException {
        return subject.equals("qemu") ? qemu() : picorn(subject);
    }

    private static List<String> picorn(String engine) {
        return List.of(
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
                "user,host-loopback");
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

    private static void print(Map<String, Map<String, List<Double>>> results) {
        Map<String, List<Double>> peer = results.get("qemu");
        System.out.printf(
                "%-30s %12s %12s %12s %14s %14s%n",
                "seconds, medians", "java", "unicorn", "QEMU", "java / QEMU", "unicorn / QEMU");
        for (String what : peer.keySet()) {
            System.out.printf(
                    "%-30s %12.3f %12.3f %12.3f %14.2f %14.2f%n",
                    what,
                    median(results.get("java").get(what)),
                    median(results.get("unicorn").get(what)),
                    median(peer.get(what)),
                    ratio(results.get("java").get(what), peer.get(what)),
                    ratio(results.get("unicorn").get(what), peer.get(what)));
        }
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Median of the ratios of paired runs. */
    private static double ratio(List<Double> ours, List<Double> theirs) {
        Double[] ratios = new Double[ours.size()];
        Arrays.setAll(ratios, i -> ours.get(i) / theirs.get(i));
        return median(List.of(ratios));
    }
}

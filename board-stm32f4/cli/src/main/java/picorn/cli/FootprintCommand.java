// SPDX-License-Identifier: MIT
package picorn.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code picorn footprint}: code and memory of the TCP/IP stack, beside others'. */
final class FootprintCommand implements Command {
    /** What picoTCP added to the kernel of the 2015 demo. */
    private static final long GOAL = 41_696;

    @Override
    public String name() {
        return "footprint";
    }

    @Override
    public String arguments() {
        return "[CONFIGURATION...]";
    }

    @Override
    public String summary() {
        return "measures code and memory of the TCP/IP stack in its configurations " + Configurations.NAMES;
    }

    @Override
    public List<String> examples() {
        return List.of("picorn footprint minimal");
    }

    @Override
    public Options options() {
        return new Options();
    }

    @Override
    public int run(CommandLine line) throws UsageError {
        List<String> configurations = line.getArgList().isEmpty() ? Configurations.NAMES : line.getArgList();
        for (String each : configurations) {
            if (!Configurations.NAMES.contains(each)) {
                throw new UsageError("there is no configuration '%s'; there are: %s"
                        .formatted(each, String.join(", ", Configurations.NAMES)));
            }
        }
        printCode(configurations);
        printMemory(configurations);
        printOthers();
        return ExitStatus.WELL;
    }

    private static void printCode(List<String> configurations) {
        Map<String, CodeFootprint> code = new LinkedHashMap<>();
        configurations.forEach(each -> code.put(each, CodeFootprint.of(each)));
        TreeSet<String> modules = new TreeSet<>();
        code.values().forEach(each -> modules.addAll(each.modules().keySet()));
        System.out.println(
                "Octets of bytecode (and classes) that a script of ARP, ping, UDP, TCP both ways and DNS loads");
        printRow("module", configurations);
        for (String module : modules) {
            printRow(module, cells(code, module));
        }
        List<String> totals = new ArrayList<>();
        code.values().forEach(each -> totals.add(cell(each.total())));
        printRow("total", totals);
    }

    private static List<String> cells(Map<String, CodeFootprint> code, String module) {
        return code.values().stream().map(each -> cell(each.module(module))).toList();
    }

    private static String cell(CodeFootprint.Module module) {
        return module.classes() == 0 ? "-" : "%,d (%d)".formatted(module.octets(), module.classes());
    }

    private static void printRow(String first, List<String> cells) {
        StringBuilder row = new StringBuilder("%-28s".formatted(first));
        cells.forEach(each -> row.append("%16s".formatted(each)));
        System.out.println(row);
    }

    private static void printMemory(List<String> configurations) {
        System.out.println("\nOctets of memory: by the budget (in the Java heap)");
        printRow("", configurations);
        List<MemoryFootprint> memory = configurations.stream()
                .map(Configurations::named)
                .map(MemoryFootprint::new)
                .toList();
        printRow("stack at rest", memory.stream().map(each -> cell(each.rest())).toList());
        printRow(
                "UDP socket, empty queue",
                memory.stream().map(each -> cell(each.udpSocket())).toList());
        printRow(
                "idle TCP connection",
                memory.stream().map(each -> cell(each.connection())).toList());
    }

    private static String cell(MemoryFootprint.Octets octets) {
        return "%,d (%,d)".formatted(octets.budget(), octets.heap());
    }

    private static void printOthers() {
        System.out.printf(
                """

                Others, octets of machine code for the modules of minimal (GCC 12, Cortex-M4, -Os)
                lwIP 2.2, raw API                     23,974
                picoTCP                               31,486
                picoTCP in the 2015 demo's kernel     %,6d   the goal of minimal
                Linux, IPv4 of 2014                  400,000   170,000 when reduced
                """,
                GOAL);
    }
}

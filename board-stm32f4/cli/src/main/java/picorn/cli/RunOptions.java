// SPDX-License-Identifier: MIT
package picorn.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import picorn.netstack.host.flow.Forward;
import picorn.netstack.link.ImpairmentConfig;
import picorn.stm32f4.board.BoardModel;
import picorn.stm32f4.linux.LinuxBuild;

/** What the user wants of {@code picorn run}, checked. */
record RunOptions(
        String image,
        OptionalInt rawAddress,
        BoardModel board,
        String engine,
        NetTarget net,
        List<Forward> forwards,
        Optional<ImpairmentConfig> impairment,
        SerialTarget uart1,
        Optional<Path> pcap,
        TimeMode time,
        long seed,
        Optional<String> until,
        OptionalDouble limit,
        OptionalDouble wallLimit,
        Optional<Path> report,
        String append,
        Optional<Path> semihostingDirectory,
        Optional<Path> dtb,
        Optional<Path> initrd,
        DebugOptions debug) {
    /** How virtual time keeps to the host's. */
    enum TimeMode {
        AUTO,
        VIRTUAL,
        REAL
    }

    private static final int LARGEST_FLASH = 16 << 20;
    private static final int LARGEST_SDRAM = 256 << 20;

    static Options declare() {
        Options options = new Options();
        add(options, "board", "NAME", "the board (default stm32429i-eval; see 'picorn boards')");
        add(options, "engine", "NAME", "what executes instructions (default unicorn)");
        add(options, "address", "ADDRESS", "where a raw binary goes, such as 0x08000000");
        add(
                options,
                "net",
                NetTarget.USAGE,
                "Ethernet leads to a gateway 10.0.2.2 with DHCP, DNS and the host's network behind it (default), or nowhere;"
                        + " restrict: to no other host; host-loopback: the gateway's ports are those of 127.0.0.1");
        add(options, "forward", "PORTS", "tcp:127.0.0.1:8080=:80 (or udp): a port of this host leads to the guest's");
        add(options, "impair", "SPEC", "a bad cable, such as loss=1%,delay=20ms");
        add(
                options,
                "uart1",
                "WHERE",
                "print (default): standard output; stdio (default for Linux): and standard input, at a terminal key by key,"
                        + " with Ctrl-A x to leave and Ctrl-A h for help; file=FILE; tcp=PORT on loopback");
        add(
                options,
                "pcap",
                "FILE",
                "all frames, as pcapng; - for standard output, as they pass: the console is then on standard error");
        add(
                options,
                "time",
                "auto|virtual|real",
                "auto (default): idle time is skipped unless somebody is at a console");
        add(options, "seed", "N", "seed of everything random (default 1)");
        add(options, "until", "TEXT", "end well when the firmware prints this");
        add(options, "limit", "SECONDS", "end as failed after so much virtual time");
        add(options, "wall-limit", "SECONDS", "end as failed after so much of your time");
        add(options, "flash", "SIZE", "as if the chip had this much flash, such as 1M");
        add(options, "sdram", "SIZE", "as if the board had this much SDRAM, such as 8M");
        add(options, "append", "TEXT", "arguments for the firmware (semihosting SYS_GET_CMDLINE) or the kernel");
        add(options, "dtb", "FILE", "the image is a Linux kernel, this its device tree: a boot loader is stood in for");
        add(options, "initrd", "FILE", "the kernel's initial file system, a cpio archive; needs --dtb");
        add(options, "semihosting-dir", "DIR", "the only directory where the firmware may open files by semihosting");
        add(options, "report", "FILE", "the closing table and what led to it, as JSON");
        DebugOptions.declare(options);
        return options;
    }

    private static void add(Options options, String name, String argument, String description) {
        options.addOption(Option.builder()
                .longOpt(name)
                .hasArg()
                .argName(argument)
                .desc(description)
                .build());
    }

    static RunOptions parse(CommandLine line) throws UsageError {
        List<String> arguments = DebugOptions.arguments(line);
        if (arguments.size() > 1) {
            throw new UsageError(
                    "run takes one image, not %d: %s".formatted(arguments.size(), String.join(" ", arguments)));
        }
        BoardModel board = Boards.named(line.getOptionValue("board", "stm32429i-eval"));
        if (line.hasOption("flash")) {
            board = board.withFlash(Sizes.parse("flash", line.getOptionValue("flash"), LARGEST_FLASH));
        }
        if (line.hasOption("sdram")) {
            board = board.withSdram(Sizes.parse("sdram", line.getOptionValue("sdram"), LARGEST_SDRAM));
        }
        checkNetwork(line);
        checkKernel(line);
        return new RunOptions(
                arguments.isEmpty() ? "hello-net" : arguments.get(0),
                address(line),
                board,
                line.getOptionValue("engine", "unicorn"),
                NetTarget.parse(line.getOptionValue("net", "user")),
                forwards(line),
                impairment(line),
                SerialTarget.parse(line.getOptionValue("uart1", isLinux(line) ? "stdio" : "print")),
                path(line, "pcap"),
                choice(line, "time", TimeMode.AUTO),
                seed(line),
                Optional.ofNullable(line.getOptionValue("until")).filter(text -> !text.isEmpty()),
                seconds(line, "limit"),
                seconds(line, "wall-limit"),
                path(line, "report"),
                line.getOptionValue("append", ""),
                path(line, "semihosting-dir"),
                path(line, "dtb"),
                path(line, "initrd"),
                DebugOptions.parse(line));
    }

    private static void checkNetwork(CommandLine line) throws UsageError {
        if (line.hasOption("pcap") && "none".equals(line.getOptionValue("net"))) {
            throw new UsageError("--pcap needs a network; leave --net none out");
        }
        for (String option : List.of("forward", "impair")) {
            if (line.hasOption(option) && "none".equals(line.getOptionValue("net"))) {
                throw new UsageError("--%s needs a network; leave --net none out".formatted(option));
            }
        }
        if (line.hasOption("pcap") && line.getOptionValue("pcap").equals(line.getOptionValue("report"))) {
            throw new UsageError("--pcap and --report name the same file; name two");
        }
    }

    private static List<Forward> forwards(CommandLine line) throws UsageError {
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

    private static Optional<ImpairmentConfig> impairment(CommandLine line) throws UsageError {
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

    private static void checkKernel(CommandLine line) throws UsageError {
        if (line.hasOption("initrd") && !isLinux(line)) {
            throw new UsageError("--initrd is for a Linux kernel; give its device tree with --dtb");
        }
    }

    private static boolean isLinux(CommandLine line) {
        return line.hasOption("dtb")
                || DebugOptions.arguments(line).stream()
                        .anyMatch(image -> LinuxBuild.named(image).isPresent());
    }

    private static OptionalInt address(CommandLine line) throws UsageError {
        String text = line.getOptionValue("address");
        if (text == null) {
            return OptionalInt.empty();
        }
        try {
            long address = Long.decode(text);
            if (address >= 0 && address <= 0xFFFF_FFFFL) {
                return OptionalInt.of((int) address);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageError("--address %s is not an address; write it like 0x08000000".formatted(text));
    }

    private static <E extends Enum<E>> E choice(CommandLine line, String option, E preset) throws UsageError {
        String text = line.getOptionValue(option);
        if (text == null) {
            return preset;
        }
        E[] all = preset.getDeclaringClass().getEnumConstants();
        for (E value : all) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return value;
            }
        }
        throw new UsageError("--%s %s cannot be; it is one of %s"
                .formatted(
                        option,
                        text,
                        String.join(
                                ", ",
                                List.of(all).stream()
                                        .map(e -> e.name().toLowerCase(Locale.ROOT))
                                        .toList())));
    }

    private static long seed(CommandLine line) throws UsageError {
        try {
            return Long.parseLong(line.getOptionValue("seed", "1"));
        } catch (NumberFormatException e) {
            throw new UsageError("--seed %s is not a whole number".formatted(line.getOptionValue("seed")));
        }
    }

    private static OptionalDouble seconds(CommandLine line, String option) throws UsageError {
        String text = line.getOptionValue(option);
        if (text == null) {
            return OptionalDouble.empty();
        }
        try {
            double seconds = Double.parseDouble(text);
            if (seconds > 0 && seconds <= 1e6) {
                return OptionalDouble.of(seconds);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageError(
                "--%s %s cannot be; it is a number of seconds above 0 and up to 1000000".formatted(option, text));
    }

    private static Optional<Path> path(CommandLine line, String option) throws UsageError {
        String text = line.getOptionValue(option);
        if (text != null && text.isEmpty()) {
            throw new UsageError("--%s '' is not a file name".formatted(option));
        }
        try {
            return Optional.ofNullable(text).map(Path::of);
        } catch (InvalidPathException e) {
            throw new UsageError("--%s '%s' is not a file name".formatted(option, text));
        }
    }
}

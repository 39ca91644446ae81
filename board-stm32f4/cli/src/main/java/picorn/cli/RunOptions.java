// SPDX-License-Identifier: MIT
package picorn.cli;

import java.nio.file.Files;
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
import picorn.netstack.host.FrameSocket;
import picorn.netstack.host.flow.Forward;
import picorn.netstack.link.ImpairmentConfig;
import picorn.stm32f4.board.BoardModel;
import picorn.stm32f4.linux.LinuxBuild;
import picorn.stm32f4.socketdevice.SocketDeviceConfig;

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
        OptionalInt machine,
        Optional<Path> initrd,
        TraceOptions trace,
        CheckOptions checks) {
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
                "user|tap=…|socket=…|none",
                "Ethernet leads to a gateway 10.0.2.2 with DHCP, DNS and the host's network behind it (user, default;"
                        + " restrict: to no other host; host-loopback: the gateway's ports are those of 127.0.0.1;"
                        + " tftp=DIR, http=DIR: the gateway serves the files there; bootfile=NAME: DHCP tells it),"
                        + " to a TAP interface of Linux, to QEMU or another Picorn by a socket ("
                        + FrameSocket.USAGE + "), or nowhere");
        add(options, "forward", "PORTS", "tcp:127.0.0.1:8080=:80 (or udp): a port of this host leads to the guest's");
        add(
                options,
                "socket-device",
                SocketDeviceConfig.USAGE,
                "a chip with a TCP/IP stack of this size for the firmware to use (default for linux-picotcp: full)");
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
        add(
                options,
                "machine",
                "NUMBER",
                "the image is a kernel of the time before device trees: it is handed this machine number and a list of tags");
        add(options, "initrd", "FILE", "the kernel's initial file system, a cpio archive; needs --dtb or --machine");
        add(options, "semihosting-dir", "DIR", "the only directory where the firmware may open files by semihosting");
        add(
                options,
                "trace",
                "WHAT[,...][:FILE]",
                "writes down mmio, irq, dma, net, exec (functions), insn (instructions) on standard error or in FILE, as text;"
                        + " a .vcd holds interrupts and pins, a .json functions and interrupts for Chrome, an .info coverage by lines");
        add(options, "trace-block", "NAMES", "of mmio, irq and dma only these, such as USART1,ETH");
        add(
                options,
                "trace-pc",
                "PLACES",
                "of mmio and exec only what these functions or ranges do: main,0x08000000-0x080001ff");
        options.addOption(Option.builder()
                .longOpt("strict")
                .desc("end as failed at the first thing that the firmware does wrong")
                .build());
        add(
                options,
                "stack-limit",
                "ADDRESS",
                "the main stack may grow down to here (otherwise symbols tell, if they do)");
        add(options, "report", "FILE", "the closing table and what led to it, as JSON");
        return options;
    }

    /** Declares an option with an argument. */
    static void add(Options options, String name, String argument, String description) {
        options.addOption(Option.builder()
                .longOpt(name)
                .hasArg()
                .argName(argument)
                .desc(description)
                .build());
    }

    /** Whether what runs is a Linux kernel. */
    boolean isLinux() {
        return dtb.isPresent() || LinuxBuild.named(image).isPresent() && !Files.exists(Path.of(image));
    }

    static RunOptions parse(CommandLine line) throws UsageError {
        List<String> arguments = line.getArgList();
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
        Optional<SocketDeviceConfig> sockets = socketDevice(line);
        if (sockets.isPresent()) {
            board = board.withSocketDevice(sockets.get());
        }
        checkNetwork(line);
        checkKernel(line);
        checkFiles(line);
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
                machine(line),
                path(line, "initrd"),
                TraceOptions.parse(line),
                CheckOptions.parse(line));
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
        if (line.hasOption("forward") && !line.getOptionValue("net", "user").startsWith("user")) {
            throw new UsageError(
                    "--forward leads through the gateway of --net user; a peer reaches the guest by itself");
        }
    }

    private static Optional<SocketDeviceConfig> socketDevice(CommandLine line) throws UsageError {
        if (line.hasOption("socket-device")) {
            try {
                return Optional.of(SocketDeviceConfig.parse(line.getOptionValue("socket-device")));
            } catch (IllegalArgumentException e) {
                throw new UsageError("--socket-device: " + e.getMessage());
            }
        }
        boolean needed = line.getArgList().stream()
                .flatMap(image -> LinuxBuild.named(image).stream())
                .anyMatch(LinuxBuild::needsSocketDevice);
        return needed ? Optional.of(new SocketDeviceConfig(SocketDeviceConfig.Size.FULL)) : Optional.empty();
    }

    private static void checkFiles(CommandLine line) throws UsageError {
        if (line.hasOption("pcap") && line.getOptionValue("pcap").equals(line.getOptionValue("report"))) {
            throw new UsageError("--pcap and --report name the same file; name two");
        }
        List<Path> files = new ArrayList<>(TraceOptions.parse(line).files());
        path(line, "pcap").ifPresent(files::add);
        path(line, "report").ifPresent(files::add);
        if (files.stream().distinct().count() < files.size()) {
            throw new UsageError("--trace names the file of another option or --trace; name another");
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

    private static void checkKernel(CommandLine line) throws UsageError {
        if (line.hasOption("initrd") && !isLinux(line) && !line.hasOption("machine")) {
            throw new UsageError("--initrd is for a Linux kernel; give its device tree with --dtb");
        }
        if (line.hasOption("machine") && isLinux(line)) {
            throw new UsageError("--machine is for a kernel without device tree; leave it or the tree (--dtb) out");
        }
    }

    private static OptionalInt machine(CommandLine line) throws UsageError {
        String text = line.getOptionValue("machine");
        if (text == null) {
            return OptionalInt.empty();
        }
        if (!text.matches("[0-9]{1,6}")) {
            throw new UsageError("--machine %s is not a machine number; write it like 2189".formatted(text));
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    private static boolean isLinux(CommandLine line) {
        return line.hasOption("dtb")
                || line.getArgList().stream()
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

    /** The file that an option names. */
    static Optional<Path> path(CommandLine line, String option) throws UsageError {
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

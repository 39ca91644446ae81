// SPDX-License-Identifier: MIT
package picorn.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import picorn.emulator.replay.Recording;
import picorn.stm32f4.board.BoardModel;
import picorn.stm32f4.linux.LinuxBuild;
import picorn.stm32f4.socketdevice.SocketDeviceConfig;

/** What the user wants of {@code picorn run}, checked. */
record RunOptions(
        String image,
        OptionalInt rawAddress,
        BoardModel board,
        EngineOptions engine,
        KernelOptions kernel,
        NetworkOptions network,
        SerialTarget uart1,
        TimeMode time,
        long seed,
        Optional<String> until,
        OptionalDouble limit,
        OptionalDouble wallLimit,
        Optional<Path> report,
        Optional<Path> semihostingDirectory,
        TraceOptions trace,
        CheckOptions checks,
        DebugOptions debug,
        ReplayOptions replay,
        SnapshotOptions snapshot) {
    /** How virtual time keeps to the host's. */
    enum TimeMode {
        AUTO,
        VIRTUAL,
        REAL
    }

    static Options declare() {
        Options options = new Options();
        OptionValues.add(options, "board", "NAME", "the board (default stm32429i-eval; see 'picorn boards')");
        EngineOptions.declareEngine(options, "unicorn");
        EngineOptions.declareTiming(options);
        EngineOptions.declareTranslation(options);
        OptionValues.add(options, "address", "ADDRESS", "where a raw binary goes, such as 0x08000000");
        NetworkOptions.declare(options);
        OptionValues.add(
                options,
                "socket-device",
                SocketDeviceConfig.USAGE,
                "a chip with a TCP/IP stack of this size for the firmware to use (default for linux-picotcp: full)");
        OptionValues.add(
                options,
                "uart1",
                "WHERE",
                "print (default): standard output; stdio (default for Linux): and standard input, at a terminal key by key,"
                        + " with Ctrl-A x to leave and Ctrl-A h for help; file=FILE; tcp=PORT on loopback");
        OptionValues.add(
                options,
                "time",
                "auto|virtual|real",
                "auto (default): idle time is skipped unless somebody is at a console");
        OptionValues.add(options, "seed", "N", "seed of everything random (default 1)");
        OptionValues.add(options, "until", "TEXT", "end well when the firmware prints this");
        OptionValues.add(options, "limit", "SECONDS", "end as failed after so much virtual time");
        OptionValues.add(options, "wall-limit", "SECONDS", "end as failed after so much of your time");
        OptionValues.add(options, "flash", "SIZE", "as if the chip had this much flash, such as 1M");
        OptionValues.add(options, "sdram", "SIZE", "as if the board had this much SDRAM, such as 8M");
        KernelOptions.declare(options);
        OptionValues.add(
                options,
                "semihosting-dir",
                "DIR",
                "the only directory where the firmware may open files by semihosting");
        TraceOptions.declare(options);
        CheckOptions.declare(options);
        DebugOptions.declare(options);
        ReplayOptions.declare(options);
        SnapshotOptions.declare(options);
        OptionValues.add(options, "report", "FILE", "the closing table and what led to it, as JSON");
        return options;
    }

    static RunOptions parse(CommandLine line, Optional<Recording> recording) throws UsageError {
        List<String> arguments = DebugOptions.arguments(line);
        if (arguments.size() > 1) {
            throw new UsageError(
                    "run takes one image, not %d: %s".formatted(arguments.size(), String.join(" ", arguments)));
        }
        checkFiles(line);
        KernelOptions kernel = KernelOptions.parse(line);
        return new RunOptions(
                arguments.isEmpty() ? "hello-net" : arguments.get(0),
                OptionValues.address(line, "address"),
                board(line, kernel),
                EngineOptions.parse(line, "unicorn"),
                kernel,
                NetworkOptions.parse(line),
                serial(line, kernel),
                OptionValues.choice(line, "time", TimeMode.AUTO),
                OptionValues.seed(line),
                Optional.ofNullable(line.getOptionValue("until")).filter(text -> !text.isEmpty()),
                OptionValues.seconds(line, "limit"),
                OptionValues.seconds(line, "wall-limit"),
                OptionValues.path(line, "report"),
                OptionValues.path(line, "semihosting-dir"),
                TraceOptions.parse(line),
                CheckOptions.parse(line),
                DebugOptions.parse(line),
                ReplayOptions.parse(line, recording),
                SnapshotOptions.parse(line));
    }

    private static SerialTarget serial(CommandLine line, KernelOptions kernel) throws UsageError {
        boolean replays = line.hasOption("replay");
        SerialTarget target =
                SerialTarget.parse(line.getOptionValue("uart1", kernel.linux() && !replays ? "stdio" : "print"));
        if (replays && (target instanceof SerialTarget.Stdio || target instanceof SerialTarget.Tcp)) {
            throw new UsageError("--replay has no host that types: leave --uart1 out, or name a file");
        }
        return target;
    }

    private static BoardModel board(CommandLine line, KernelOptions kernel) throws UsageError {
        BoardModel board = Boards.named(line.getOptionValue("board", "stm32429i-eval"));
        if (line.hasOption("flash")) {
            board = board.withFlash(Sizes.parse("flash", line.getOptionValue("flash"), BoardModel.LARGEST_FLASH));
        }
        if (line.hasOption("sdram")) {
            board = board.withSdram(Sizes.parse("sdram", line.getOptionValue("sdram"), BoardModel.LARGEST_SDRAM));
        }
        Optional<SocketDeviceConfig> sockets = socketDevice(line, kernel);
        return sockets.isPresent() ? board.withSocketDevice(sockets.get()) : board;
    }

    private static Optional<SocketDeviceConfig> socketDevice(CommandLine line, KernelOptions kernel) throws UsageError {
        if (line.hasOption("socket-device")) {
            try {
                return Optional.of(SocketDeviceConfig.parse(line.getOptionValue("socket-device")));
            } catch (IllegalArgumentException e) {
                throw new UsageError("--socket-device: " + e.getMessage());
            }
        }
        boolean needed = kernel.built().filter(LinuxBuild::needsSocketDevice).isPresent();
        return needed ? Optional.of(new SocketDeviceConfig(SocketDeviceConfig.Size.FULL)) : Optional.empty();
    }

    /** Two options that name one file would each overwrite what the other wrote. */
    private static void checkFiles(CommandLine line) throws UsageError {
        List<Path> files = new ArrayList<>(TraceOptions.parse(line).files());
        OptionValues.path(line, "pcap").ifPresent(files::add);
        OptionValues.path(line, "report").ifPresent(files::add);
        OptionValues.path(line, "record").ifPresent(files::add);
        OptionValues.path(line, "save").ifPresent(files::add);
        if (files.stream().distinct().count() < files.size()) {
            throw new UsageError(
                    "--pcap, --report, --record, --save and --trace name the same file; name another for each");
        }
    }
}

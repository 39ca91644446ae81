// SPDX-License-Identifier: MIT
package picorn.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import picorn.emulator.bus.Region;
import picorn.emulator.cpu.Engines;
import picorn.emulator.cpu.Reg;
import picorn.emulator.debug.Debugger;
import picorn.emulator.state.StateMismatch;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.MemoryUse;
import picorn.stm32f4.board.Snapshot;
import picorn.stm32f4.board.SnapshotHeader;
import picorn.stm32f4.debug.BoardMonitor;
import picorn.stm32f4.debug.Inspector;

/** {@code picorn inspect}: shows a saved board, or a fresh one, without running it. */
final class InspectCommand implements Command {
    /** Nothing runs on it. */
    private static final String ENGINE = "java";

    private static final int COLUMNS = 4;
    private static final int CORE_REGISTERS = 16;

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public String arguments() {
        return "[FILE] [NAME...]";
    }

    @Override
    public String summary() {
        return "shows what a snapshot holds, or a fresh board: time, core, memories; registers by name, field by field";
    }

    @Override
    public List<String> examples() {
        return List.of("picorn inspect USART1.CR1", "picorn inspect app.snapshot USART1 RCC.CFGR");
    }

    @Override
    public Options options() {
        Options options = new Options();
        OptionValues.add(options, "board", "NAME", "the fresh board (default stm32429i-eval; see 'picorn boards')");
        DebugOptions.declareDescription(options);
        return options;
    }

    @Override
    public int run(CommandLine line) throws UsageError {
        List<String> arguments = line.getArgList();
        boolean saved = !arguments.isEmpty() && Files.isRegularFile(Path.of(arguments.get(0)));
        if (saved && line.hasOption("board")) {
            throw new UsageError("a snapshot is of a board; leave --board out");
        }
        try (Board board = saved ? saved(Path.of(arguments.get(0))) : fresh(line)) {
            BoardMonitor monitor = new BoardMonitor(new Debugger(board.machine()), DebugOptions.description(line));
            List<String> names = saved ? arguments.subList(1, arguments.size()) : arguments;
            if (names.isEmpty()) {
                overview(board, monitor);
            }
            return show(names, monitor);
        }
    }

    private static Board fresh(CommandLine line) throws UsageError {
        Board board = new Board(Boards.named(line.getOptionValue("board", "stm32429i-eval")), Engines.named(ENGINE));
        board.reset();
        return board;
    }

    private static Board saved(Path file) throws UsageError {
        Snapshot snapshot = SnapshotOptions.read("inspect", file);
        SnapshotHeader header = snapshot.header();
        Board board = new Board(header.model(), Engines.named(ENGINE).timed(header.timing()), header.seed());
        try {
            snapshot.showOn(board);
        } catch (StateMismatch e) {
            board.close();
            throw new UsageError("inspect %s: %s".formatted(file, e.getMessage()));
        }
        System.out.printf("%s: %s%n", file, header);
        return board;
    }

    private static int show(List<String> names, BoardMonitor monitor) throws UsageError {
        Inspector inspector = monitor.inspector();
        for (String name : names) {
            if (inspector.register(name).isEmpty() && inspector.registers(name).isEmpty()) {
                throw new UsageError("inspect: there is no register or block '%s'; 'picorn inspect' lists the blocks"
                        .formatted(name));
            }
            System.out.print(monitor.execute("reg " + name));
        }
        return ExitStatus.WELL;
    }

    private static void overview(Board board, BoardMonitor monitor) {
        System.out.print(monitor.execute("time"));
        for (int i = 0; i < CORE_REGISTERS; i++) {
            core(board, Reg.core(i), i % COLUMNS == COLUMNS - 1);
        }
        for (Reg register : List.of(Reg.XPSR, Reg.MSP, Reg.PSP, Reg.CONTROL)) {
            core(board, register, register == Reg.CONTROL);
        }
        List<MemoryUse> uses = board.memoryUse();
        List<Region.Memory> memories = board.chip().memories().all();
        for (int i = 0; i < uses.size(); i++) {
            System.out.printf(
                    "%-12s 0x%08x %6s, %d octets touched%n",
                    uses.get(i).name(),
                    memories.get(i).base(),
                    Sizes.format(uses.get(i).size()),
                    uses.get(i).touched());
        }
        System.out.print(monitor.execute("peripherals"));
    }

    private static void core(Board board, Reg register, boolean last) {
        System.out.printf(
                "%-8s 0x%08x%s", register, board.machine().engine().get(register), last ? "%n".formatted() : "  ");
    }
}

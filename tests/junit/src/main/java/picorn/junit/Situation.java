// SPDX-License-Identifier: MIT
package picorn.junit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picorn.emulator.core.Core;
import picorn.emulator.core.ExceptionNumber;
import picorn.emulator.core.FaultPlace;
import picorn.emulator.machine.Machine;
import picorn.emulator.time.Clock;
import picorn.stm32f4.board.FailureReport;

/** What a failed test's message says of its board: where it is, its faults, its last console lines, where the rest is kept. */
final class Situation {
    private static final int CONSOLE_LINES = 10;

    private Situation() {}

    static List<String> of(Board board, List<Path> kept) {
        List<String> lines = new ArrayList<>();
        lines.add(place(board));
        lines.addAll(faults(board));
        lines.addAll(console(board.console()));
        kept.forEach(path -> lines.add("kept:    " + path));
        return lines;
    }

    private static String place(Board board) {
        Machine machine = board.machine();
        Core core = machine.core();
        String mode = core.currentException() == 0
                ? "thread mode"
                : "handler of " + ExceptionNumber.name(core.currentException());
        return "at:      %s, %s, after %.6f s and %d instructions on %s"
                .formatted(
                        board.where(),
                        mode,
                        (double) machine.now() / Clock.SECOND,
                        machine.instructions(),
                        machine.engine().name());
    }

    private static List<String> faults(Board board) {
        List<String> lines = new ArrayList<>();
        Core core = board.machine().core();
        for (FaultPlace fault : core.lastFaults()) {
            lines.add("fault:   %s in %s"
                    .formatted(
                            ExceptionNumber.name(fault.exception()),
                            board.symbols().place(fault.pc())));
            lines.add("         " + FailureReport.instruction(board.machine(), board.symbols(), fault.pc()));
        }
        core.faultStatus().inWords().forEach(words -> lines.add("         " + words));
        return lines;
    }

    private static List<String> console(Console console) {
        List<String> lines = new ArrayList<>();
        List<String> last = console.kept().lastLines(CONSOLE_LINES);
        int all = console.kept().lines();
        if (last.isEmpty()) {
            lines.add("console: nothing was printed");
        } else {
            lines.add(last.size() == all ? "console:" : "console: the last %d of %d lines".formatted(last.size(), all));
        }
        last.forEach(line -> lines.add("         | " + line));
        if (console.kept().cut() > 0) {
            lines.add("         %d octets that followed were not kept"
                    .formatted(console.kept().cut()));
        }
        return lines;
    }
}

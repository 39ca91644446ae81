// SPDX-License-Identifier: MIT
package picorn.stm32f4.debug;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picorn.emulator.debug.Debugger;
import picorn.emulator.gdb.Monitor;
import picorn.emulator.machine.Machine;
import picorn.emulator.time.Clock;

/** What a user may ask of a board from GDB, as {@code monitor COMMAND}. */
public final class BoardMonitor implements Monitor {
    /** A further command. */
    @FunctionalInterface
    public interface Command {
        /** Does it; the answer is for the user. */
        String execute(List<String> arguments);
    }

    private record Entry(String name, String usage, String purpose, Command command) {}

    private final Debugger debugger;
    private final Description description;
    private Optional<Inspector> inspector = Optional.empty();
    private final Map<String, Entry> commands = new LinkedHashMap<>();

    /** Of the board that {@code debugger} debugs, with names and descriptions that the user brought besides. */
    public BoardMonitor(Debugger debugger, Description description) {
        this.debugger = debugger;
        this.description = description;
        add("help", "", "these lines", arguments -> help());
        add("reset", "[halt]", "resets chip and core, before the first instruction", arguments -> reset());
        add("halt", "", "halts the core, which it is while you can type this", arguments -> "");
        add("reg", "NAME...", "a register, such as USART1.CR1, or all of a block, such as USART1", this::registers);
        add("peripherals", "", "the blocks of registers and where they are", arguments -> peripherals());
        add("time", "", "virtual time, instructions and what the core does", arguments -> time());
    }

    /** Adds a command. */
    public void add(String name, String usage, String purpose, Command command) {
        commands.put(name, new Entry(name, usage, purpose, command));
    }

    @Override
    public String execute(String line) {
        List<String> words = List.of(line.strip().split("\\s+"));
        Entry entry = commands.get(words.get(0));
        return entry == null
                ? "there is no command '%s'; 'monitor help' tells what there is%n".formatted(words.get(0))
                : entry.command().execute(words.subList(1, words.size()));
    }

    private String help() {
        return commands.values().stream()
                .map(entry ->
                        "monitor %-20s %s%n".formatted((entry.name() + " " + entry.usage()).strip(), entry.purpose()))
                .collect(Collectors.joining());
    }

    private Machine machine() {
        return debugger.machine();
    }

    /** Of the machine that the debugger looks at now. */
    public Inspector inspector() {
        if (inspector.isEmpty() || inspector.get().machine() != machine()) {
            inspector = Optional.of(new Inspector(machine(), description));
        }
        return inspector.get();
    }

    private String reset() {
        if (debugger.inPast()) {
            return "in the past nothing can be changed; 'continue' leads back to the present%n".formatted();
        }
        debugger.reset();
        return "reset; halted at 0x%08x%n".formatted(machine().engine().pc());
    }

    private String registers(List<String> names) {
        return names.isEmpty()
                ? "which? such as: monitor reg USART1.CR1%n".formatted()
                : names.stream().map(this::register).collect(Collectors.joining());
    }

    private String register(String name) {
        Optional<RegisterView> register = inspector().register(name);
        if (register.isPresent()) {
            return register.get().toText();
        }
        List<RegisterView> all = inspector().registers(name);
        return all.isEmpty()
                ? "there is no register or block '%s'; 'monitor peripherals' lists the blocks%n".formatted(name)
                : all.stream().map(RegisterView::line).collect(Collectors.joining());
    }

    private String peripherals() {
        return inspector().blocks().stream()
                .map(block -> "%-12s 0x%08x%n"
                        .formatted(block, inspector().base(block).orElseThrow()))
                .collect(Collectors.joining());
    }

    private String time() {
        int exception = machine().core().currentException();
        return "%.9f s, %d instructions, %s, %s%n"
                .formatted(
                        (double) machine().now() / Clock.SECOND,
                        machine().instructions(),
                        exception == 0 ? "thread mode" : "handler of exception " + exception,
                        machine().core().lockedUp()
                                ? "locked up"
                                : machine().core().sleep().name().toLowerCase(Locale.ROOT));
    }
}

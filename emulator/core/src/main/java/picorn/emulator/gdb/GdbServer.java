// SPDX-License-Identifier: MIT
package picorn.emulator.gdb;

import static picorn.emulator.gdb.Resumption.Plain.GO;
import static picorn.emulator.gdb.Resumption.Plain.GO_BACK;
import static picorn.emulator.gdb.Resumption.Plain.HALTED;
import static picorn.emulator.gdb.Resumption.Plain.STEP;
import static picorn.emulator.gdb.Resumption.Plain.STEP_BACK;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picorn.emulator.core.DebugPoints;
import picorn.emulator.cpu.Reg;
import picorn.emulator.debug.Debugger;
import picorn.emulator.machine.Machine;
import picorn.emulator.machine.Outcome;
import picorn.emulator.machine.StopCause;

/**
 * Serves one GDB at a time: takes the octets that it sends, on the emulation's thread, and runs the machine as it wants. The first
 * valid packet of a connection halts the core; what is not a packet has no effect. When the debugger leaves, the machine runs on.
 */
public final class GdbServer {
    /** The debugger ended the run. */
    public static final StopCause KILLED = () -> "ended by the debugger";

    private final Debugger debugger;
    private final Machine machine;
    private final PacketReader reader = new PacketReader(new Packets());
    private final PacketWriter writer;
    private final RegisterFile registers;
    private final MemoryCommands memory;
    private final PointCommands points;
    private final Queries queries;
    private Runnable onResume = () -> {};
    private Resumption resumption = GO;
    private boolean attached;
    private boolean interrupted;
    private boolean killed;
    private String lastStop = Signal.TRAP.reply();

    /**
     * Around {@code debugger}.
     *
     * @param flash where {@code load} erases and programs
     * @param monitor answers the commands that are not GDB's
     * @param out takes the octets for GDB
     */
    public GdbServer(Debugger debugger, List<FlashArea> flash, Monitor monitor, Consumer<byte[]> out) {
        this.debugger = debugger;
        machine = debugger.present();
        writer = new PacketWriter(out);
        registers = new RegisterFile(debugger);
        memory = new MemoryCommands(debugger, flash);
        points = new PointCommands(debugger.points());
        queries = new Queries(
                debugger,
                monitor,
                memory,
                writer,
                Map.of(
                        "features:target.xml",
                        TargetDescription::target,
                        "memory-map:",
                        () -> TargetDescription.memoryMap(flash)));
    }

    /** What is to be done each time before the core goes on after it was halted, such as to let the wall's time pass. */
    public void onResume(Runnable action) {
        onResume = action;
    }

    /** Keeps the core where it is until a debugger lets it go. */
    public void halt() {
        resumption = HALTED;
    }

    /** A debugger has connected. */
    public void connected() {
        reader.reset();
        writer.reset();
    }

    /** It has gone, with or without a word: nothing of it stays. */
    public void disconnected() {
        if (attached) {
            leave();
        }
    }

    /** Takes what it sent. */
    public void received(byte[] octets) {
        reader.received(octets);
    }

    /** Runs the machine as the debugger wants until {@code time}, in picoseconds since reset, or until there is another end. */
    public Outcome run(long time) {
        while (!killed) {
            if (resumption == HALTED) {
                Optional<Outcome> end = machine.hold(() -> resumption != HALTED || killed);
                if (end.isPresent() && endsRun(end.get())) {
                    return ended(end.get());
                }
                onResume.run();
                end.ifPresent(this::halted); // told to go and to halt at once
            } else {
                Outcome outcome = resume(time);
                if (endsRun(outcome)) {
                    return ended(outcome);
                }
                halted(outcome);
            }
        }
        return new Outcome.Stopped(KILLED);
    }

    private Outcome resume(long time) {
        if (attached) {
            debugger.remember();
        }
        if (resumption instanceof Resumption.StepWithin range) {
            return stepWithin(range, time);
        }
        if (resumption == STEP) {
            return debugger.step(time);
        }
        if (resumption == STEP_BACK) {
            return debugger.stepBack();
        }
        return resumption == GO_BACK ? debugger.goBack() : debugger.go(time);
    }

    private Outcome stepWithin(Resumption.StepWithin range, long time) {
        Outcome outcome;
        do {
            outcome = debugger.step(time);
        } while (outcome instanceof Outcome.Stepped && resumption == range && goesOnWithin(range));
        return outcome;
    }

    private boolean goesOnWithin(Resumption.StepWithin range) {
        int pc = debugger.get(Reg.PC);
        return range.contains(pc) && !debugger.points().hasBreakpoint(pc);
    }

    private boolean endsRun(Outcome outcome) {
        if (outcome instanceof Outcome.Stopped stopped) {
            return stopped.cause() != Debugger.HALT;
        }
        return outcome instanceof Outcome.Exited
                || outcome instanceof Outcome.TimeReached
                || outcome instanceof Outcome.Asleep
                || outcome instanceof Outcome.LockedUp && !attached;
    }

    private Outcome ended(Outcome outcome) {
        if (attached) {
            writer.send(outcome instanceof Outcome.Exited exited ? "W%02x".formatted(exited.code() & 0xFF) : "X09");
        }
        return outcome;
    }

    private void halted(Outcome outcome) {
        boolean outOfItsOwn = !(outcome instanceof Outcome.Stopped);
        if (!attached || !outOfItsOwn && !interrupted) {
            return; // it has left, or has only just come
        }
        interrupted = false;
        resumption = HALTED;
        lastStop = stopReply(outcome);
        if (outcome instanceof Outcome.LockedUp) {
            writer.send("O" + Hex.encode("The core is locked up: it faulted where it cannot; only a reset helps.\n"));
        }
        writer.send(lastStop);
    }

    private String stopReply(Outcome outcome) {
        if (outcome instanceof Outcome.Watchpoint watchpoint) {
            String kind =
                    switch (debugger.watch()) {
                        case READ -> "rwatch";
                        case WRITE -> "watch";
                        case ANY -> "awatch";
                    };
            return Signal.TRAP.reply() + "%s:%x;".formatted(kind, watchpoint.address());
        }
        if (outcome instanceof Outcome.HistoryBegins) {
            return Signal.TRAP.reply() + "replaylog:begin;";
        }
        if (outcome instanceof Outcome.LockedUp) {
            return Signal.SEGMENTATION_FAULT.reply();
        }
        return (outcome instanceof Outcome.Stopped ? Signal.INTERRUPT : Signal.TRAP).reply();
    }

    private void attach() {
        attached = true;
        debugger.points().onBkpt(DebugPoints.OnBkpt.HALT);
        if (resumption != HALTED) {
            resumption = HALTED;
            lastStop = Signal.INTERRUPT.reply();
            machine.stop(Debugger.HALT);
        }
    }

    private void leave() {
        attached = false;
        interrupted = false;
        points.clear();
        debugger.leave();
        resumption = GO;
    }

    private final class Packets implements PacketReader.Sink {
        @Override
        public void packet(String data) {
            writer.acknowledge();
            if (!attached) {
                attach();
            }
            if (resumption == HALTED || isAlwaysServed(data)) {
                serve(data);
            }
        }

        @Override
        public void damaged() {
            writer.refuse();
        }

        @Override
        public void refused() {
            writer.repeat();
        }

        @Override
        public void interrupted() {
            if (attached && resumption != HALTED) {
                interrupted = true;
                machine.stop(Debugger.HALT);
            }
        }
    }

    /** While the core runs, GDB waits for it to halt and sends nothing but these. */
    private static boolean isAlwaysServed(String packet) {
        return packet.equals("k") || packet.startsWith("vKill") || packet.equals("D") || packet.startsWith("D;");
    }

    private void serve(String packet) {
        try {
            if (!serveEnd(packet) && !serveResumption(packet)) {
                writer.send(answer(packet));
            }
        } catch (MalformedPacket e) {
            writer.send(Reply.MALFORMED);
        }
    }

    /** Whether the packet ends the session or the run. */
    private boolean serveEnd(String packet) {
        if (packet.equals("D") || packet.startsWith("D;")) {
            writer.send(Reply.OK);
            leave();
            return true;
        }
        if (packet.equals("k") || packet.startsWith("vKill")) {
            if (packet.startsWith("vKill")) {
                writer.send(Reply.OK);
            }
            attached = false;
            killed = true;
            machine.stop(KILLED);
            return true;
        }
        return false;
    }

    /** Whether the packet lets the core go; its answer comes when it halts. */
    private boolean serveResumption(String packet) throws MalformedPacket {
        if (packet.startsWith("vCont;")) {
            resumption = action(packet.substring("vCont;".length()));
            return true;
        }
        if (debugger.remembers() && (packet.equals("bs") || packet.equals("bc"))) {
            resumption = packet.equals("bs") ? STEP_BACK : GO_BACK;
            return true;
        }
        boolean resumes = !packet.isEmpty() && "csCS".indexOf(packet.charAt(0)) >= 0;
        if (resumes) {
            resumption = action(packet);
        }
        return resumes;
    }

    /** Signals mean nothing to a core. */
    private static Resumption action(String text) throws MalformedPacket {
        if (text.isEmpty()) {
            throw MalformedPacket.INSTANCE;
        }
        return switch (text.charAt(0)) {
            case 'c', 'C' -> GO;
            case 's', 'S' -> STEP;
            case 'r' -> {
                Arguments range = new Arguments(text.substring(1));
                int start = range.number();
                yield new Resumption.StepWithin(start, range.mark(',').number());
            }
            default -> throw MalformedPacket.INSTANCE;
        };
    }

    private String answer(String packet) throws MalformedPacket {
        if (packet.isEmpty()) {
            return Reply.UNSUPPORTED;
        }
        if (debugger.inPast() && ("GPMX".indexOf(packet.charAt(0)) >= 0 || packet.startsWith("vFlash"))) {
            return Reply.PAST;
        }
        Arguments arguments = new Arguments(packet.substring(1));
        return switch (packet.charAt(0)) {
            case '?' -> lastStop;
            case 'g' -> registers.readAll();
            case 'G' -> done(() -> registers.writeAll(arguments));
            case 'p' -> registers.read(arguments.number());
            case 'P' -> done(() -> registers.write(arguments.number(), arguments.mark('=')));
            case 'm' -> memory.read(arguments);
            case 'M' -> memory.write(arguments);
            case 'X' -> memory.writeBinary(arguments);
            case 'Z' -> points.insert(arguments);
            case 'z' -> points.remove(arguments);
            case 'H', 'T' -> Reply.OK;
            case 'q', 'Q' -> queries.answer(packet);
            case 'v' -> various(packet);
            default -> Reply.UNSUPPORTED;
        };
    }

    private String various(String packet) throws MalformedPacket {
        if (packet.equals("vCont?")) {
            return "vCont;c;C;s;S;r";
        }
        return packet.startsWith("vFlash") ? memory.flash(packet.substring("vFlash".length())) : Reply.UNSUPPORTED;
    }

    private interface Write {
        void run() throws MalformedPacket;
    }

    private static String done(Write write) throws MalformedPacket {
        write.run();
        return Reply.OK;
    }
}

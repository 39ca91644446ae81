// SPDX-License-Identifier: MIT
package picorn.stm32f4.trace;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import picorn.emulator.image.Symbols;
import picorn.emulator.machine.Machine;
import picorn.emulator.trace.ChromeTrace;
import picorn.emulator.trace.Coverage;
import picorn.emulator.trace.DmaTrace;
import picorn.emulator.trace.ExecTrace;
import picorn.emulator.trace.InstructionTrace;
import picorn.emulator.trace.InterruptTrace;
import picorn.emulator.trace.InterruptWires;
import picorn.emulator.trace.Lcov;
import picorn.emulator.trace.MmioTrace;
import picorn.emulator.trace.TextOut;
import picorn.emulator.trace.TraceFilter;
import picorn.emulator.trace.TraceText;
import picorn.emulator.trace.Vcd;
import picorn.netstack.link.Wire;
import picorn.stm32f4.board.Board;

/**
 * A trace of a board, from when it is made to {@link #end}.
 *
 * <pre>{@code
 * BoardTrace trace = BoardTrace.begin(board, Optional.of(cable.wire()), image.symbols(), TraceRequest.text(TraceKind.IRQ), out);
 * board.run(Clock.SECOND);
 * trace.end();
 * }</pre>
 */
public final class BoardTrace {
    private static final String PORTS = "ABCDEFGHIJK";

    private final Board board;
    private final Machine machine;
    private final Symbols symbols;
    private final TraceRequest request;
    private final TextOut out;
    private Runnable last;

    private BoardTrace(Board board, Symbols symbols, TraceRequest request, OutputStream stream) {
        this.board = board;
        this.symbols = symbols;
        this.request = request;
        machine = board.machine();
        out = new TextOut(stream);
        last = out::flush;
    }

    /**
     * Begins one.
     *
     * @param cable where frames are seen
     * @param stream where to; who gives it closes it, after {@link #end}
     * @throws IllegalArgumentException if the format cannot hold the kinds
     */
    public static BoardTrace begin(
            Board board, Optional<Wire> cable, Symbols symbols, TraceRequest request, OutputStream stream) {
        if (!request.format().kinds().containsAll(request.kinds())) {
            throw new IllegalArgumentException("%s cannot hold %s".formatted(request.format(), request.kinds()));
        }
        BoardTrace trace = new BoardTrace(board, symbols, request, stream);
        switch (request.format()) {
            case TEXT -> trace.text(cable);
            case VCD -> trace.wires();
            case CHROME -> trace.functions();
            case LCOV -> trace.coverage();
        }
        return trace;
    }

    private void text(Optional<Wire> cable) {
        TraceText text = new TraceText(out, machine, request.flush());
        request.kinds().forEach(kind -> {
            switch (kind) {
                case MMIO -> machine.bus()
                        .observe(new MmioTrace(text, request.filter(), machine.engine()::pc, symbols));
                case DMA -> machine.bus().observe(new DmaTrace(text, request.filter(), machine.bus()));
                case IRQ -> interrupts(text);
                case NET -> cable.ifPresent(wire -> wire.tap(new NetTrace(text)));
                case EXEC -> ExecTrace.begin(text, request.filter(), machine.engine(), machine.core(), symbols);
                case INSN -> machine.core()
                        .observe(new InstructionTrace(text, request.filter(), machine.bus(), symbols));
            }
        });
    }

    private void interrupts(TraceText text) {
        machine.core()
                .exceptions()
                .observe(new InterruptTrace(
                        text,
                        request.filter(),
                        machine.core().exceptions(),
                        machine.clocks().hclk(),
                        machine.engine()::pc,
                        symbols));
    }

    private void wires() {
        Vcd vcd = new Vcd(out, machine);
        machine.core()
                .exceptions()
                .observe(
                        new InterruptWires(vcd, request.filter(), machine.core().exceptions()));
        for (char port : PORTS.toCharArray()) {
            PinWires.declare(vcd, request.filter(), board.chip().peripherals().port(port));
        }
        vcd.begin();
        last = vcd::end;
    }

    private void functions() {
        TraceFilter filter = request.filter();
        ChromeTrace chrome = request.kinds().contains(TraceKind.EXEC)
                ? ChromeTrace.ofFunctions(out, filter, machine, machine.engine(), machine.core(), symbols)
                : ChromeTrace.ofHandlers(out, filter, machine, machine.core().exceptions());
        last = chrome::end;
    }

    private void coverage() {
        Coverage coverage = new Coverage();
        machine.core().observe(coverage);
        last = () -> Lcov.write(out, coverage, request.filter(), symbols);
    }

    /** Writes what is left. Call it once, when the run has ended. */
    public void end() {
        last.run();
    }

    /** Writes what is held back of the lines up to now. */
    public void flush() {
        out.flush();
    }

    /** The first failure to write, if there was one: nothing was written after it. */
    public Optional<IOException> failure() {
        return out.failure();
    }
}

// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import java.util.ArrayList;
import java.util.List;
import picorn.emulator.core.Core;
import picorn.emulator.core.ExceptionNumber;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Reg;
import picorn.emulator.engine.Listing;
import picorn.emulator.image.Symbol;
import picorn.emulator.image.Symbols;
import picorn.emulator.machine.Machine;
import picorn.emulator.report.Finding;
import picorn.emulator.time.Clock;

/** Tells where a firmware was when it failed: registers, the fault registers in words, functions by name. */
public final class FailureReport {
    /** EXC_RETURN values and what LR is after reset begin here. */
    private static final int NO_CODE = 0xE000_0000;

    private FailureReport() {}

    /** Lines: where it is, where it was called from, all registers, the last faults, the fault registers in words. */
    public static List<String> of(Machine machine, Symbols symbols) {
        List<String> lines = new ArrayList<>();
        CpuEngine engine = machine.engine();
        Core core = machine.core();
        lines.add("in %s, mode %s: %s"
                .formatted(place(engine.pc(), symbols), mode(core), instruction(machine, symbols, engine.pc())));
        int caller = engine.get(Reg.LR);
        if (Integer.compareUnsigned(caller, NO_CODE) < 0) {
            lines.add("called from %s".formatted(symbols.callPlace(caller & ~1)));
        }
        lines.addAll(registers(engine));
        core.lastFaults()
                .forEach(fault -> lines.add("%s in %s: %s"
                        .formatted(
                                ExceptionNumber.name(fault.exception()),
                                place(fault.pc(), symbols),
                                instruction(machine, symbols, fault.pc()))));
        lines.addAll(core.faultStatus().inWords());
        return lines;
    }

    /** What firmware did wrong, where and when: "USART1.CR1 is accessed while its clock is off, at main+0x4 at main.c:9, 0.000102 s". */
    public static String of(Finding finding, Symbols symbols) {
        return "%s %s, at %s, %.6f s"
                .formatted(
                        finding.subject(),
                        finding.kind().description(),
                        symbols.place(finding.pc()),
                        (double) finding.time() / Clock.SECOND);
    }

    /** The instruction at {@code address}, as it stands there now. */
    public static String instruction(Machine machine, Symbols symbols, int address) {
        int start = symbols.at(address).map(Symbol::address).orElse(address);
        return new Listing(at -> machine.bus().peek(at, 2), symbols::describe).instruction(address, start);
    }

    private static String mode(Core core) {
        return core.currentException() == 0 ? "thread" : ExceptionNumber.name(core.currentException());
    }

    private static String place(int address, Symbols symbols) {
        return symbols.place(address);
    }

    private static List<String> registers(CpuEngine engine) {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < 4; row++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < 4; i++) {
                Reg register = Reg.core(4 * row + i);
                line.append("%-4s %08x  ".formatted(register, engine.get(register)));
            }
            lines.add(line.toString().stripTrailing());
        }
        lines.add("XPSR %08x  MSP  %08x  PSP  %08x  CONTROL %x  PRIMASK %x  BASEPRI %02x  FAULTMASK %x"
                .formatted(
                        engine.get(Reg.XPSR),
                        engine.get(Reg.MSP),
                        engine.get(Reg.PSP),
                        engine.get(Reg.CONTROL),
                        engine.get(Reg.PRIMASK),
                        engine.get(Reg.BASEPRI),
                        engine.get(Reg.FAULTMASK)));
        return lines;
    }
}

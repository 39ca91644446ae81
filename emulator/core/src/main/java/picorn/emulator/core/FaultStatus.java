// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import java.util.ArrayList;
import java.util.List;

/** The fault registers and what they say in words (ARMv7-M ARM, B3.2.15 to B3.2.19). */
public record FaultStatus(int cfsr, int hfsr, int dfsr, int mmfar, int bfar) {
    private record Cause(int bit, String words) {}

    private static final List<Cause> CFSR = List.of(
            new Cause(0, "IACCVIOL: an instruction was fetched from where it may not be"),
            new Cause(1, "DACCVIOL: a load or store was not permitted"),
            new Cause(3, "MUNSTKERR: exception return was not permitted to read its frame"),
            new Cause(4, "MSTKERR: exception entry was not permitted to write its frame"),
            new Cause(5, "MLSPERR: saving floating-point state lazily was not permitted"),
            new Cause(8, "IBUSERR: an instruction was fetched from where there is nothing"),
            new Cause(9, "PRECISERR: a load or store went to where there is nothing"),
            new Cause(10, "IMPRECISERR: an earlier store went to where there is nothing"),
            new Cause(11, "UNSTKERR: exception return read its frame from where there is nothing"),
            new Cause(12, "STKERR: exception entry wrote its frame to where there is nothing"),
            new Cause(13, "LSPERR: floating-point state was saved lazily to where there is nothing"),
            new Cause(16, "UNDEFINSTR: an undefined instruction"),
            new Cause(17, "INVSTATE: a branch to an address with bit 0 clear"),
            new Cause(18, "INVPC: an invalid EXC_RETURN value"),
            new Cause(19, "NOCP: a coprocessor or floating-point instruction while CPACR denies it"),
            new Cause(24, "UNALIGNED: an unaligned access"),
            new Cause(25, "DIVBYZERO: a division by zero"));

    private static final List<Cause> HFSR = List.of(
            new Cause(1, "VECTTBL: the vector table could not be read"),
            new Cause(30, "FORCED: escalated to HardFault"),
            new Cause(31, "DEBUGEVT: a BKPT without a debugger"));

    /** Whether a fault is recorded at all. */
    public boolean any() {
        return (cfsr | hfsr) != 0;
    }

    /** One line for each cause, then the addresses that are valid. */
    public List<String> inWords() {
        List<String> lines = new ArrayList<>();
        HFSR.stream().filter(cause -> (hfsr >>> cause.bit & 1) != 0).forEach(cause -> lines.add(cause.words));
        CFSR.stream().filter(cause -> (cfsr >>> cause.bit & 1) != 0).forEach(cause -> lines.add(cause.words));
        if ((cfsr & 1 << 7) != 0) {
            lines.add("MMFAR: the address was 0x%08x".formatted(mmfar));
        }
        if ((cfsr & 1 << 15) != 0) {
            lines.add("BFAR: the address was 0x%08x".formatted(bfar));
        }
        return lines;
    }
}

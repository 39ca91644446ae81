// SPDX-License-Identifier: MIT
package picorn.junit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picorn.emulator.core.Core;
import picorn.emulator.core.FaultPlace;
import picorn.emulator.image.Symbols;
import picorn.emulator.machine.Machine;

/** Notices the faults that firmware takes, and tells those that a test expects from those that it does not. */
final class FaultWatch {
    private static final int HFSR_FORCED = 1 << 30;

    private final Core core;
    private final Symbols symbols;
    private final Set<Fault> expected = EnumSet.noneOf(Fault.class);
    private final Set<Fault> taken = EnumSet.noneOf(Fault.class);
    private Optional<String> unexpected = Optional.empty();

    FaultWatch(Machine machine, Symbols symbols) {
        core = machine.core();
        this.symbols = symbols;
        core.onFault(this::took);
    }

    void expect(Fault fault) {
        expected.add(fault);
    }

    /** Expected faults that have not come. */
    Set<Fault> missing() {
        Set<Fault> missing = EnumSet.copyOf(expected);
        missing.removeAll(taken);
        return missing;
    }

    /** The first fault that was not expected, in words. */
    Optional<String> unexpected() {
        return unexpected;
    }

    private void took(FaultPlace place) {
        Fault fault = Fault.of(place.exception());
        List<Fault> kinds = new ArrayList<>(List.of(fault));
        if ((core.faultStatus().hfsr() & HFSR_FORCED) != 0) {
            kinds.add(Fault.HARD_FAULT);
        }
        note(kinds, "took a %s in %s".formatted(fault, symbols.place(place.pc())));
    }

    private void note(List<Fault> kinds, String words) {
        taken.addAll(kinds);
        if (unexpected.isEmpty() && kinds.stream().noneMatch(expected::contains)) {
            unexpected = Optional.of(words);
        }
    }
}
